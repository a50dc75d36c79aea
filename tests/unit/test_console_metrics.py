"""The overview's formulae against a fixture worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console import metrics
from console.metrics import Facts, Rate, Said, TurnFact

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)


def at(hours_ago: float, minutes: float = 0) -> datetime:
    return NOW - timedelta(hours=hours_ago) + timedelta(minutes=minutes)


def turn(conversation_id: str, when: datetime, intent: str | None, outcome: str, sentiment: float | None = 0.0,
         latency_ms: float | None = 100.0) -> TurnFact:  # fmt: skip
    return TurnFact(conversation_id, when, intent, sentiment, outcome, latency_ms)


#: Five conversations of four people:
#: quiet     ana, 60 h ago, two messages, the bot alone, she never came back
#: returned  ben, 50 h ago, the bot alone; he wrote again 3 h later, in "again"
#: again     ben, 47 h ago, handed over
#: helped    cem, 40 h ago, an agent wrote although the bot did not hand over
#: fresh     dora, 2 h ago, the bot alone: too early to tell whether she comes back
FACTS = Facts(
    said=[
        Said("quiet", "ana", at(60)), Said("quiet", "ana", at(60, 2)), Said("returned", "ben", at(50)),
        Said("again", "ben", at(47)), Said("helped", "cem", at(40)), Said("fresh", "dora", at(2)),
    ],
    turns=[
        turn("quiet", at(60), "track_order", "answered", 0.2, 100.0),
        turn("quiet", at(60, 2), "thank", "answered", 0.8, 200.0),
        turn("returned", at(50), "nlu_fallback", "fallback", -0.2, 300.0),
        turn("again", at(47), "talk_to_person", "handed_over", -0.6, 400.0),
        turn("helped", at(40), "track_order", "agent", None, None),
        turn("fresh", at(2), "track_order", "answered", None, 1000.0),
    ],
    with_person=frozenset({"again", "helped", "long_ago"}),
    now=NOW,
)  # fmt: skip
NOTHING = Facts(said=[], turns=[], with_person=frozenset(), now=NOW)


def test_a_conversation_counts_once_however_much_is_said_in_it() -> None:
    assert len(metrics.conversations_in(FACTS)) == 5


def test_containment_is_conversations_without_a_person_by_conversations() -> None:
    # again and helped reached a person; long_ago has no message in the period
    assert metrics.containment(FACTS) == Rate(5 - 2, 5)


def test_the_stricter_containment_leaves_out_who_came_back_and_what_is_too_young() -> None:
    # settled: quiet, returned, again, helped; of these without a person: quiet, returned; returned came back
    assert metrics.containment_without_return(FACTS) == Rate(1, 4)


@pytest.mark.parametrize(("pause", "returned"), [(29, 0), (30, 1), (24 * 60, 1), (24 * 60 + 1, 0)])
def test_a_return_is_a_message_after_half_an_hour_and_within_a_day(pause: float, returned: int) -> None:
    first = NOW - timedelta(days=9)
    said = [Said("one", "ana", first), Said("two", "ana", first + timedelta(minutes=pause))]
    facts = Facts(said=said, turns=[], with_person=frozenset(), now=NOW)
    assert metrics.containment_without_return(facts) == Rate(2 - returned, 2)


def test_the_same_person_coming_back_to_the_same_conversation_is_a_return_too() -> None:
    said = [Said("one", "ana", at(80)), Said("one", "ana", at(79))]
    facts = Facts(said=said, turns=[], with_person=frozenset(), now=NOW)
    assert metrics.containment_without_return(facts) == Rate(0, 1)


def test_handoff_counts_what_the_bot_handed_over_and_not_what_a_person_took() -> None:
    assert metrics.handoff_rate(FACTS) == Rate(1, 5)


def test_fallback_is_counted_over_the_turns_of_the_bot() -> None:
    # six turns, one of them a person's
    assert metrics.fallback_rate(FACTS) == Rate(1, 6 - 1)


def test_what_is_asked_back_counts_as_not_understood_and_by_itself() -> None:
    turns = [turn("a", at(1), "nlu_fallback", outcome, 0.0, 1.0) for outcome in ("asked_back", "offered_person")]
    turns += [turn("a", at(2), "greet", "answered", 0.0, 1.0)] * 2
    facts = replace(FACTS, turns=turns)
    assert metrics.fallback_rate(facts) == Rate(2, 4)
    assert metrics.asked_back_rate(facts) == Rate(1, 4)
    assert metrics.offered_person_rate(facts) == Rate(1, 4)


def test_top_intents_are_ranked_by_the_bots_turns_and_ties_by_name() -> None:
    assert metrics.top_intents(FACTS, limit=3) == [
        ("track_order", Rate(2, 5)), ("nlu_fallback", Rate(1, 5)), ("talk_to_person", Rate(1, 5)),
    ]  # fmt: skip


def test_mean_sentiment_leaves_out_messages_without_one() -> None:
    mean = metrics.mean_sentiment(FACTS.turns)
    assert mean.value == pytest.approx((0.2 + 0.8 - 0.2 - 0.6) / 4)
    assert mean.n == 4


def test_the_median_reply_is_the_middle_one_of_the_bots() -> None:
    assert metrics.reply_latency(FACTS.turns) == metrics.Average(300.0, 5)


def test_a_quantile_between_two_replies_is_interpolated() -> None:
    # positions 0..4, 0.95 * 4 = 3.8: a fifth below the last
    assert metrics.reply_latency(FACTS.turns, 0.95).value == pytest.approx(400 + 0.8 * (1000 - 400))


def test_wilsons_interval_is_the_one_of_the_textbook() -> None:
    z, n, share = 1.959964, 10, 0.8
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    found = Rate(8, 10).interval
    assert found == pytest.approx((middle - reach, middle + reach))
    assert found == pytest.approx((0.4902, 0.9433), abs=1e-4)


@pytest.mark.parametrize("hits", [0, 7])
def test_the_interval_stays_between_nothing_and_everything(hits: int) -> None:
    low, high = Rate(hits, 7).interval or (-1, 2)
    assert 0 <= low < high <= 1


def test_of_nothing_there_are_no_figures() -> None:
    assert metrics.containment(NOTHING).value is None
    assert metrics.containment(NOTHING).interval is None
    assert metrics.top_intents(NOTHING) == []
    assert metrics.mean_sentiment([]) == metrics.Average(None, 0)
    assert metrics.reply_latency([]) == metrics.Average(None, 0)


def test_satisfaction_is_ratings_of_four_and_five_by_ratings() -> None:
    assert metrics.satisfaction(replace(FACTS, ratings=[5, 4, 3, 1])) == Rate(2, 4)
    assert metrics.satisfaction(NOTHING).value is None
