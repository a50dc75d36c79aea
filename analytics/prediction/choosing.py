"""Which model serves a shop: all are trained as if an earlier day were today, and measured on what came after."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from analytics.prediction.expected import Expected, Train
from analytics.prediction.history import Floats, History, Summary
from analytics.prediction.learning import TooFewDataError
from analytics.prediction.measures import measure

#: Days ahead, longest first: one is taken when the shop's history is long enough to test it.
HORIZONS = (90, 60, 30, 14)
#: The history must be so many horizons long: one to test on, the rest to learn from.
_HISTORY = 2.5
#: Where nothing can be tested.
UNTESTED_HORIZON = 30
#: Fewer customers at the earlier day say nothing about a model.
LEAST_CUSTOMERS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """What each model said on an earlier day, and what came."""

    day: int
    horizon: int
    summary: Summary
    orders: Floats
    value: Floats
    said: Mapping[str, Expected]

    @property
    def measured(self) -> dict[str, dict[str, float]]:
        """The measures of every model."""
        return {name: measure(one, self.orders, self.value) for name, one in self.said.items()}

    @property
    def gone(self) -> Floats:
        """1 for customers who bought nothing, else 0."""
        return np.where(self.orders == 0, 1.0, 0.0)

    def best(self) -> tuple[str, str]:
        """Name the models with the smallest measured error of churn, and of orders."""
        churn = {name: float(np.mean((one.churn - self.gone) ** 2)) for name, one in self.said.items()}
        orders = {name: deviance(one.orders, self.orders) for name, one in self.said.items()}
        return min(churn, key=lambda name: churn[name]), min(orders, key=lambda name: orders[name])


def choose_horizon(days: int) -> int | None:
    """Give the longest horizon that a history of so many days can test; None where it can test none."""
    return next((horizon for horizon in HORIZONS if days >= _HISTORY * horizon), None)


def tested_models(history: History, end: int, horizon: int, models: Mapping[str, Train]) -> Tested | None:
    """Train all models on what was bought before `end - horizon` and let them speak; None for few customers.

    A model for which that is too few data has no say.
    """
    day = end - horizon
    summary = history.summary(day)
    if len(summary.customer) < LEAST_CUSTOMERS:
        return None
    orders, value = (truth[summary.customer] for truth in history.bought_within(day, horizon))
    said = {}
    for name, train in models.items():
        with suppress(TooFewDataError):
            said[name] = train(history, day, horizon).expected(history, summary, day)
    return Tested(day=day, horizon=horizon, summary=summary, orders=orders, value=value, said=said)


def deviance(expected: Floats, orders: Floats) -> float:
    """Give the mean Poisson deviance: an error that only the true expectation makes smallest."""
    said = np.maximum(expected, 1e-6)
    logs = np.where(orders > 0, orders * np.log(np.maximum(orders, 1e-6) / said), 0.0)
    return float(np.mean(2 * (logs - (orders - said))))
