"""Recency, frequency and money of one customer, as the feature job computed and scored them."""

from __future__ import annotations

from typing import Any

from analytics.columns import FREQUENCY_SCORE, MONETARY_SCORE, RECENCY_SCORE
from analytics.records import Rfm
from store.repositories.profiles import FeaturesRow

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
