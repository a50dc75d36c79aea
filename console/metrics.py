"""The formulae of the overview. Each is explained in docs/reference/metrics.md, in the same words as on the screen."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import fmean

#: Score from which a customer was satisfied with a chat.
GOOD_FROM = 4
#: Outcomes of turns that the bot answered, or should have.
BOT_OUTCOMES = frozenset({"answered", "fallback", "asked_back", "offered_person", "handed_over", "unanswered"})
#: How a turn ends that the bot did not understand.
NOT_UNDERSTOOD = frozenset({"fallback", "asked_back", "offered_person"})
#: Outcomes that show a person in the conversation.
PERSON_OUTCOMES = frozenset({"handed_over", "suppressed", "agent"})
#: A pause this long ends a visit; a message after it, within a day, is a return.
PAUSE = timedelta(minutes=30)
RETURN_WITHIN = timedelta(hours=24)
#: z of a two-sided 95 % interval.
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Said:
    """One customer message. `person`: customer id, else visitor id, else the conversation's."""

    conversation_id: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TurnFact:
    """One turn, as far as it counts. `sentiment` -1 to 1, `latency_ms` milliseconds."""

    conversation_id: str
    at: datetime
    intent: str | None
    sentiment: float | None
    outcome: str
    latency_ms: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What happened within a period, oldest first, and which conversations a person took part in by other signs."""

    said: Sequence[Said]
    turns: Sequence[TurnFact]
    #: Conversations with an agent's message, or handed over, within the period.
    with_person: frozenset[str]
    now: datetime
    #: Scores of the chats rated within the period, 1 to 5.
    ratings: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `n`."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; None of nothing."""
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval of the share: it stays within 0 and 1 and is honest for small n."""
        if self.n == 0:
            return None
        share, z2 = self.hits / self.n, _Z * _Z
        middle = (share + z2 / (2 * self.n)) / (1 + z2 / self.n)
        reach = _Z / (1 + z2 / self.n) * math.sqrt(share * (1 - share) / self.n + z2 / (4 * self.n**2))
        return max(0.0, middle - reach), min(1.0, middle + reach)


@dataclass(frozen=True, slots=True)
class Average:
    """A mean or median over `n` values; None of nothing."""

    value: float | None
    n: int


def satisfaction(facts: Facts) -> Rate:
    """Chats rated good or very good (4 or 5) ÷ chats rated."""
    return Rate(sum(score >= GOOD_FROM for score in facts.ratings), len(facts.ratings))


def conversations_in(facts: Facts) -> set[str]:
    """Give the conversations with at least one customer message."""
    return {said.conversation_id for said in facts.said}


def reached_person(facts: Facts) -> set[str]:
    """Give the conversations that a person took part in, or was asked to."""
    by_turn = {turn.conversation_id for turn in facts.turns if turn.outcome in PERSON_OUTCOMES}
    return conversations_in(facts) & (by_turn | facts.with_person)


def containment(facts: Facts) -> Rate:
    """Conversations without a person ÷ conversations."""
    everything = conversations_in(facts)
    return Rate(len(everything) - len(reached_person(facts)), len(everything))


def containment_without_return(facts: Facts) -> Rate:
    """The stricter one: without a person, and the customer did not come back within 24 hours after a pause.

    Conversations whose last message is younger than 24 hours are left out: it is too early to tell.
    """
    last_of: dict[str, datetime] = {}
    for said in facts.said:
        last_of[said.conversation_id] = max(said.at, last_of.get(said.conversation_id, said.at))
    settled = {name for name, last in last_of.items() if facts.now - last >= RETURN_WITHIN}
    kept = settled - reached_person(facts) - _returned_to(facts.said)
    return Rate(len(kept), len(settled))


def _returned_to(said: Iterable[Said]) -> set[str]:
    """Give the conversations that somebody left for at least 30 minutes and then wrote again within 24 hours."""
    by_person: defaultdict[str, list[Said]] = defaultdict(list)
    for one in said:
        by_person[one.person].append(one)
    returned = set()
    for messages in by_person.values():
        messages.sort(key=lambda one: one.at)
        for earlier, later in pairwise(messages):
            if PAUSE <= later.at - earlier.at <= RETURN_WITHIN:
                returned.add(earlier.conversation_id)
    return returned


def handoff_rate(facts: Facts) -> Rate:
    """Conversations that the bot handed to a person ÷ conversations."""
    everything = conversations_in(facts)
    handed = {turn.conversation_id for turn in facts.turns if turn.outcome == "handed_over"}
    return Rate(len(handed & everything), len(everything))


def bot_turns(facts: Facts) -> list[TurnFact]:
    """Give the turns that were the bot's to answer."""
    return [turn for turn in facts.turns if turn.outcome in BOT_OUTCOMES]


def fallback_rate(facts: Facts) -> Rate:
    """Turns not understood, asked back or not ÷ turns of the bot."""
    return _ended(facts, NOT_UNDERSTOOD)


def asked_back_rate(facts: Facts) -> Rate:
    """Turns in which the bot asked which reading is meant ÷ turns of the bot."""
    return _ended(facts, frozenset({"asked_back"}))


def offered_person_rate(facts: Facts) -> Rate:
    """Turns in which the bot, not understanding twice, offered a person ÷ turns of the bot."""
    return _ended(facts, frozenset({"offered_person"}))


def _ended(facts: Facts, outcomes: frozenset[str]) -> Rate:
    turns = bot_turns(facts)
    return Rate(sum(turn.outcome in outcomes for turn in turns), len(turns))


def top_intents(facts: Facts, limit: int = 8) -> list[tuple[str, Rate]]:
    """Give the most frequent intents with their share of the bot's turns that have one; ties by name."""
    counted = Counter(turn.intent for turn in bot_turns(facts) if turn.intent)
    n = sum(counted.values())
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [(intent, Rate(count, n)) for intent, count in ranked[:limit]]


def mean_sentiment(turns: Iterable[TurnFact]) -> Average:
    """Mean of the sentiment of customers' messages."""
    values = [turn.sentiment for turn in turns if turn.sentiment is not None]
    return Average(fmean(values) if values else None, len(values))


def reply_latency(turns: Iterable[TurnFact], share: float = 0.5) -> Average:
    """Quantile (the median by default) of the milliseconds from a message's commit to its answer's, for the bot."""
    values = sorted(turn.latency_ms for turn in turns if turn.latency_ms is not None and turn.outcome in BOT_OUTCOMES)
    if not values:
        return Average(None, 0)
    position = share * (len(values) - 1)
    low, high = math.floor(position), math.ceil(position)
    return Average(values[low] + (values[high] - values[low]) * (position - low), len(values))
