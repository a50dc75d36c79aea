"""The oldest rule there is: what customers did who had been silent for as long. A baseline, and a fall-back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.prediction.expected import Expected
from analytics.prediction.history import Floats, History, Summary
from analytics.prediction.learning import TooFewDataError

_GROUPS = 10
_LEAST = 20


@dataclass(frozen=True, slots=True)
class Recency:
    """Groups by days of silence, the shortest first: upper edges (the last is infinite) and the means of each group."""

    edges: Floats
    churn: Floats
    orders: Floats
    value: Floats

    def expected(self, history: History, summary: Summary, day: int) -> Expected:  # noqa: ARG002
        """Give the means of each customer's group."""
        place = np.searchsorted(self.edges[:-1], summary.age - summary.recency, side="left")
        return Expected(churn=self.churn[place], orders=self.orders[place], value=self.value[place])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give edges and means by name."""
        return {name: getattr(self, name) for name in ("edges", "churn", "orders", "value")}


def fit_recency(history: History, day: int, horizon: int) -> Recency:
    """Look at what customers did in the last horizon before `day`, by how long they had been silent when it began.

    Raises
    ------
    TooFewDataError
        Too few customers had bought by then.
    """
    summary = history.summary(day - horizon)
    many = len(summary.customer)
    if many < _LEAST:
        raise TooFewDataError("fewer customers than make groups")
    orders, value = (truth[summary.customer] for truth in history.bought_within(day - horizon, horizon))
    silence = summary.age - summary.recency
    parts = np.array_split(np.argsort(silence, kind="stable"), min(_GROUPS, many // _LEAST))
    edges = np.array([silence[part[-1]] for part in parts[:-1]] + [np.inf])
    gone, bought, money = (
        np.array([figures[part].mean() for part in parts]) for figures in ((orders == 0).astype(float), orders, value)
    )
    return Recency(edges, gone, bought, money)
