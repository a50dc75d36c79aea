"""Who of those waiting comes first: mood × value × waiting.

urgency = (1 + 2 · displeasure) · (1 + worth ÷ 3) · (1 + minutes ÷ 10)

with displeasure 0..1 (0 from a neutral mood on) and worth in times of an average customer's, at most 3. So the
angriest count three times, the most valuable twice; and since waiting grows without end, nobody waits for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.wording import mood_of

_MOST_WORTH = 3.0
#: From this on (times an average customer's) it is said.
_WORTH_SAYING = 1.5
#: From this probability of leaving on it is said; the order goes by value alone.
_LIKELY_TO_LEAVE = 0.5
_SPOKEN_MOODS = frozenset({"angry", "unhappy"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """How urgent a conversation is, and why, in words; higher comes first."""

    value: float
    why: str


def urgency_of(
    *, mood: float | None, worth: float | None, churn: float | None, waiting_since: datetime | None, now: datetime
) -> Urgency:
    """Judge one conversation.

    Parameters
    ----------
    mood : -1 (angry) to 1; None counts as neutral.
    worth : expected value ÷ an average customer's; None counts as average.
    churn : probability that she leaves; told, not counted.
    """
    minutes = max((now - waiting_since).total_seconds() / 60.0, 0.0) if waiting_since else 0.0
    displeasure = min(max(-(mood or 0.0), 0.0), 1.0)
    counted = min(max(1.0 if worth is None else worth, 0.0), _MOST_WORTH)
    value = (1 + 2 * displeasure) * (1 + counted / _MOST_WORTH) * (1 + minutes / 10.0)
    return Urgency(value=round(value, 2), why=_why(mood, worth, churn, minutes))


def _why(mood: float | None, worth: float | None, churn: float | None, minutes: float) -> str:
    felt = mood_of(mood)
    said = [felt.word.lower()] if felt.key in _SPOKEN_MOODS else []
    if worth is not None and worth >= _WORTH_SAYING:
        said.append("valuable customer")
    if churn is not None and churn >= _LIKELY_TO_LEAVE:
        said.append("likely to leave")
    if minutes >= 1:
        said.append(f"waits {minutes:.0f} min" if minutes < 120 else f"waits {minutes / 60:.0f} h")
    return ", ".join(said)
