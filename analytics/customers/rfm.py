"""Recency, frequency and money of one customer among all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.records import Rfm
from store.repositories.profiles import FeaturesRow

_FIFTHS = (0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True, slots=True, eq=False)
class Quintiles:
    """The four values between the fifths of all customers, for each of the three columns."""

    recency_days: NDArray[np.float64]
    frequency: NDArray[np.float64]
    monetary: NDArray[np.float64]


def quintiles_of(columns: Sequence[tuple[float, int, float]]) -> Quintiles:
    """Give the quintiles of (recency in days, orders, money) of all customers; of nobody, every score is 1 or 5."""
    table = np.array(columns, dtype=np.float64).reshape(-1, 3)
    if len(table) == 0:
        table = np.zeros((1, 3))
    recency, frequency, monetary = np.quantile(table, _FIFTHS, axis=0).T
    return Quintiles(recency, frequency, monetary)


def rfm_of(features: FeaturesRow, quintiles: Quintiles) -> Rfm:
    """Score a customer: 5 for the fifth who came last, order most often or spend most, 1 for the opposite fifth."""
    return Rfm(
        recency_days=features.recency_days,
        frequency=features.frequency,
        monetary=features.monetary,
        recency_score=5 - int(np.searchsorted(quintiles.recency_days, features.recency_days, side="left")),
        frequency_score=1 + int(np.searchsorted(quintiles.frequency, features.frequency, side="left")),
        monetary_score=1 + int(np.searchsorted(quintiles.monetary, features.monetary, side="left")),
    )
