"""The dialogue profile: how it changes with one more turn. Pure functions, saved by whoever owns the transaction."""

from __future__ import annotations

from dataclasses import replace

from analytics.records import DialogueProfile, TurnSignal

#: Weight of the newest turn in the running sentiment: LEAST_WEIGHT + FEELING_WEIGHT * |its sentiment|. A plain request
#: says little of a mood (0.15: the anger before it stays), strong words say much (0.6 at -0.9: felt at once, and
#: two warm thanks heal it).
LEAST_WEIGHT = 0.15
FEELING_WEIGHT = 0.5

#: Entries kept per preference: refusals of years ago say little, and the row stays small.
PREFERENCES_KEPT = 200

#: Unmet requests kept: enough to see what she keeps asking for.
UNMET_KEPT = 30
#: Characters of one.
UNMET_LENGTH = 200
#: Takes back all of a preference.
ALL = "*"
#: What she likes she does not dislike: the latest word counts.
_OPPOSITES = {"likes": "dislikes", "dislikes": "likes"}

#: Intents that say nothing of what a customer talks about: they are counted, and leave the last topic as it was.
SMALL_TALK = frozenset(
    {"greet", "goodbye", "thank", "affirm", "deny", "bot_challenge", "small_talk", "abuse",
     "nlu_fallback", "out_of_scope"}
)  # fmt: skip


def profile_after(profile: DialogueProfile, signal: TurnSignal) -> DialogueProfile:
    """Give the profile as it is after one more turn.

    Parameters
    ----------
    profile : before the turn; sentiment None before the first.
    signal : sentiment -1..1, or None where the turn carries none (a pressed button): the mood then stays.

    Returns
    -------
    DialogueProfile
        Running sentiment by exponential weighting (strong feelings weigh more), its slope (change by this turn),
        topic counts and the last topic, merged preferences.
    """
    sentiment, slope = _mood_after(profile, signal.sentiment)
    topics = dict(profile.topics)
    topic = profile.last_topic
    for intent in filter(None, (signal.intent, *signal.further)):
        topics[intent] = topics.get(intent, 0) + 1
        topic = topic_after(topic, intent)
    return replace(
        profile,
        sentiment=sentiment,
        sentiment_slope=slope,
        turns=profile.turns + 1,
        topics=topics,
        preferences=_merged(_without(profile.preferences, signal), signal.preferences),
        unmet_requests=_unmet_after(profile.unmet_requests, signal.unmet),
        last_contact_at=signal.at,
        last_topic=topic,
    )


def topic_after(topic: str | None, intent: str) -> str | None:
    """Give what is talked of after a request; small talk leaves it as it was."""
    return topic if intent in SMALL_TALK else intent


def _mood_after(profile: DialogueProfile, felt: float | None) -> tuple[float | None, float]:
    if felt is None:
        return profile.sentiment, profile.sentiment_slope
    felt = min(max(felt, -1.0), 1.0)
    if profile.sentiment is None:
        return felt, 0.0
    change = (LEAST_WEIGHT + FEELING_WEIGHT * abs(felt)) * (felt - profile.sentiment)
    return profile.sentiment + change, change


def _without(known: dict[str, list[str]], signal: TurnSignal) -> dict[str, list[str]]:
    """Leave out what she takes back, and what she says the opposite of now."""
    gone = {name: {value.casefold() for value in values} for name, values in signal.forgotten.items()}
    for name, values in signal.preferences.items():
        if name in _OPPOSITES:
            gone.setdefault(_OPPOSITES[name], set()).update(value.casefold() for value in values)
    kept = {
        name: [value for value in values if not gone.get(name, set()) & {ALL, value.casefold()}]
        for name, values in known.items()
    }
    return {name: values for name, values in kept.items() if values}


def _unmet_after(known: list[str], unmet: tuple[str, ...]) -> list[str]:
    """Add what could not be met; said again it moves to the end."""
    now = list(dict.fromkeys(text.strip()[:UNMET_LENGTH] for text in unmet if text.strip()))
    return [*(text for text in known if text not in now), *now][-UNMET_KEPT:]


def _merged(known: dict[str, list[str]], stated: dict[str, list[str]]) -> dict[str, list[str]]:
    """Add what was stated, each entry once, the newest last."""
    merged = {name: list(values) for name, values in known.items()}
    for name, values in stated.items():
        kept = [value for value in merged.get(name, []) if value not in values]
        merged[name] = [*kept, *dict.fromkeys(values)][-PREFERENCES_KEPT:]
    return merged
