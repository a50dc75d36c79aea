"""Which model serves a shop: all are trained as if an earlier day were today, and measured on what came after."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

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


#: A model that expects less than this share of the shop's mean is taken at it: money from nobody is never free.
_LEAST_VALUE = 1e-3


class Chosen(NamedTuple):
    """Names of the models that serve, by what they say."""

    churn: str
    orders: str
    value: str

    def of(self, said: Mapping[str, Expected]) -> Expected:
        """Put together what the three say."""
        return Expected(churn=said[self.churn].churn, orders=said[self.orders].orders, value=said[self.value].value)


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

    def best(self) -> Chosen:
        """Name the models with the smallest measured error, each of churn, of orders and of value."""
        churn = {name: float(np.mean((one.churn - self.gone) ** 2)) for name, one in self.said.items()}
        orders = {name: deviance(one.orders, self.orders) for name, one in self.said.items()}
        value = {name: money_deviance(one.value, self.value) for name, one in self.said.items()}
        return Chosen(*(min(errors, key=errors.__getitem__) for errors in (churn, orders, value)))


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


def money_deviance(expected: Floats, value: Floats) -> float:
    """Give the mean Tweedie deviance of power 1.5: an error of money that only the true expectation makes smallest.

    Money of a horizon is nothing for many and scatters the more the more is expected. In squares a handful of big
    customers would choose the model alone; here being off by a factor counts for everybody, for big ones more
    (B. Jørgensen, The Theory of Dispersion Models, 1997). It has the unit of the square root of money: the order of
    models is the same in every currency.

    Parameters
    ----------
    expected : money said of each customer; taken at a thousandth of the mean of `value` where it is less.
    value : what came; less than nothing is taken as nothing.
    """
    came = np.maximum(value, 0.0)
    said = np.maximum(expected, max(_LEAST_VALUE * float(came.mean()), 1e-12))
    return float(np.mean(4 * (np.sqrt(came) - np.sqrt(said)) ** 2 / np.sqrt(said)))
