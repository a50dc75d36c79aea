"""Counters that fade: each thing that happened counts half as much after every half-life.

Forward decay (Cormode, Shkapenyuk, Srivastava, Xu: "Forward Decay: A Practical Time Decay Model for Streaming
Systems", ICDE 2009): a thing is added with the weight 2^((its moment − landmark) ÷ half-life), and the sum is divided
by the weight of the present moment when it is read. A counter is one number that needs no touching as time passes, and
things may arrive in any order.
"""

from __future__ import annotations

from collections.abc import Mapping

_DAY = 86400.0
#: 2026-01-01 UTC: near the present, so that the numbers stay short. Any moment gives the same readings.
_LANDMARK = 1767225600.0
#: Habits (categories, hours, channels) fade by half in a quarter.
HABIT_DAYS = 90.0
#: Engagement fades by half in a month.
ENGAGEMENT_DAYS = 30.0
#: Doubles hold 2^1023: with the shorter half-life that is the year 2110.
_MOST_HALVINGS = 1000.0


def weight(at: float, half_life_days: float) -> float:
    """Give what a thing that happened at `at` (seconds since 1970) adds to a counter."""
    halvings = (at - _LANDMARK) / (half_life_days * _DAY)
    return float(2.0 ** min(max(halvings, -_MOST_HALVINGS), _MOST_HALVINGS))


def add(counters: dict[str, float], key: str, amount: float) -> None:
    """Add to a counter; six digits are kept, which is more than any reading needs and a third of the text."""
    counters[key] = float(f"{counters.get(key, 0.0) + amount:.6g}")


def add_bounded(counters: dict[str, float], key: str, amount: float, most: int) -> None:
    """Add to a counter of a family of at most `most`; the one that is least now is left out for a new one.

    All of a family fade at the same pace, so the least now is the least for ever.
    """
    if key not in counters and len(counters) >= most:
        del counters[min(counters, key=counters.__getitem__)]
    add(counters, key, amount)


def read(counters: Mapping[str, float], now: float, half_life_days: float) -> dict[str, float]:
    """Give the counters as of `now` (seconds since 1970), most first; 1.0 is one thing that happens now."""
    present = weight(now, half_life_days)
    faded = {key: value / present for key, value in counters.items()}
    return dict(sorted(faded.items(), key=lambda item: (-item[1], item[0])))


def shares(counters: Mapping[str, float]) -> dict[str, float]:
    """Give each counter's share of their sum, 0..1, most first; whatever the moment, as all fade alike."""
    whole = sum(counters.values())
    if not whole:
        return {}
    ranked = sorted(counters.items(), key=lambda item: (-item[1], item[0]))
    return {key: value / whole for key, value in ranked}
