"""Recency, frequency and money of one customer, as the feature job computed and scored them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from analytics.columns import FREQUENCY_SCORE, MONETARY_SCORE, RECENCY_SCORE
from analytics.records import Rfm
from store.repositories.order_history import PastOrder
from store.repositories.profiles import FeaturesRow

#: Of scores 1 to 5.
_BEST = 5
_SCORES = (RECENCY_SCORE, FREQUENCY_SCORE, MONETARY_SCORE)


def rfm_of(features: FeaturesRow) -> Rfm | None:
    """Give the figures with their scores by fifths of all customers; None where no job has scored them."""
    if not all(name in features.behaviour for name in _SCORES):
        return None
    return Rfm(
        recency_days=features.recency_days,
        frequency=features.frequency,
        monetary=features.monetary,
        recency_score=features.behaviour[RECENCY_SCORE],
        frequency_score=features.behaviour[FREQUENCY_SCORE],
        monetary_score=features.behaviour[MONETARY_SCORE],
    )


def habits_of(features: FeaturesRow) -> dict[str, Any]:
    """Give the behaviour figures without the scores, which `rfm_of` tells."""
    return {name: value for name, value in features.behaviour.items() if name not in _SCORES}


def rfm_now(features: FeaturesRow | None, placed: Sequence[PastOrder], today: datetime) -> Rfm | None:
    """Give the figures as of today, from her orders; the scores are the last job's.

    Where she has ordered since the job ran, nobody's last order it knows of is younger: her recency scores best.

    Parameters
    ----------
    features : None before the first job, or where she had no orders then.
    placed : her orders but for cancelled and returned ones, oldest first.
    today : aware; see `analytics.shop.today`.
    """
    scored = None if features is None else rfm_of(features)
    if features is None or scored is None or not placed:
        return scored
    return Rfm(
        recency_days=max((today - placed[-1].placed_at).total_seconds(), 0.0) / 86_400.0,
        frequency=len(placed),
        monetary=round(sum(order.total for order in placed), 2),
        recency_score=_BEST if placed[-1].placed_at > features.computed_at else scored.recency_score,
        frequency_score=scored.frequency_score,
        monetary_score=scored.monetary_score,
    )
