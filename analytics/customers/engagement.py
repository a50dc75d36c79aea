"""How engaged a customer is: what she did, each weighted by the shop's goals and halved by age.

score = min(100, Σ points), points of a kind = goal of the kind × Σ 0.5 ** (age in days ÷ half-life)

So a deed counts for its goal on the day it is done, for half of it a half-life later, and frequency adds up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from analytics.fading import faded
from analytics.profile_records import Engagement, EngagementPolicy

#: The score is told on a scale of 0 to this.
HIGHEST = 100.0
_DAY = 86_400.0


def freshness(moments: Iterable[datetime], now: datetime, half_life_days: float) -> float:
    """Count moments, each halved for every half-life of its age; one after `now` counts as now.

    Returns
    -------
    float
        Between 0 and the number of moments.
    """
    ages = (max((now - moment).total_seconds(), 0.0) / _DAY for moment in moments)
    return sum(faded(age, half_life_days) for age in ages)


def engagement_of(done: Mapping[str, float], policy: EngagementPolicy) -> Engagement:
    """Weigh what she did.

    Parameters
    ----------
    done : freshness by kind; kinds without a goal count nothing.

    Returns
    -------
    Engagement
        Score 0..100; parts in points, most first, those of no weight left out.
    """
    points = {kind: policy.goals.get(kind, 0.0) * amount for kind, amount in done.items()}
    parts = {kind: round(value, 2) for kind, value in sorted(points.items(), key=lambda one: (-one[1], one[0]))}
    parts = {kind: value for kind, value in parts.items() if value > 0}
    return Engagement(score=round(min(sum(parts.values()), HIGHEST), 2), parts=parts)
