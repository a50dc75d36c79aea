"""What a model expects of customers, and what a model has to be able to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from numpy.typing import NDArray

from analytics.prediction.history import Floats, History, Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Of each customer of a `Summary`, in its order, within one horizon.

    Parameters
    ----------
    churn : probability that she buys on no day, 0..1.
    orders : expected purchase days, >= 0.
    value : expected money, >= 0.
    """

    churn: Floats
    orders: Floats
    value: Floats


class Fitted(Protocol):
    """A model trained on what was bought before a day, for one horizon."""

    def expected(self, history: History, summary: Summary, day: int) -> Expected:
        """Give what is expected from `day` on; looks only at what was bought before."""

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give the parameters as plain arrays, for the artifact."""


#: Trains on what was bought before `day` only: (history, day, horizon in days).
Train = Callable[[History, int, int], Fitted]
