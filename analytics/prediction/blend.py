"""Several models of one thing are better than each: their mean, weighted by how well they did on an earlier day.

Weights are learnt where members trained before `day - horizon` are held against what came until `day`, and drawn
towards usual ones (the model of buying is a signal of the other two already, so it counts little). Nothing of what is
to be predicted has a part in it. A mean with equal weights can be worse than its best member, and so can weights learnt
from few customers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize
from scipy.special import expit, softmax

from analytics.prediction.expected import Expected
from analytics.prediction.history import Floats, History, Summary
from analytics.prediction.learning import TooFewDataError
from analytics.prediction.members import TARGETS, Members, fit_members

#: Weights where nothing was learnt, as in `members.NAMES`, and how many customers they count for where something was.
USUAL = np.array([0.1, 0.5, 0.4])
_DRAWN = 20.0
_FAR = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend:
    """Members and their weights, by target; each adds up to 1."""

    members: Members
    weights: dict[str, Floats]

    def expected(self, history: History, summary: Summary, day: int) -> Expected:
        """Give the weighted means, brought to the totals that the model of buying expects in this season."""
        links = self.members.links(history, summary, day)
        level = self.members.level(summary, day)
        mixed = {target: self.weights[target] @ links[target] for target in TARGETS}
        return Expected(
            churn=_with_mean(mixed["churn"], float(level.churn.mean())),
            orders=_with_total(mixed["orders"], float(level.orders.sum())),
            value=_with_total(mixed["value"], float(level.value.sum())),
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give members and weights by name."""
        return self.members.arrays() | {f"weights_{target}": self.weights[target] for target in TARGETS}


@dataclass(slots=True)
class Blending:
    """Trains blends of one history; members are kept, for the weights of one day need those of an earlier one."""

    _kept: dict[tuple[int, int], Members] = field(default_factory=dict)

    def train(self, history: History, day: int, horizon: int) -> Blend:
        """Train members and weights on what was bought before `day`.

        Raises
        ------
        TooFewDataError
            For the members.
        """
        return Blend(members=self._members(history, day, horizon), weights=self._weights(history, day, horizon))

    def _members(self, history: History, day: int, horizon: int) -> Members:
        if (day, horizon) not in self._kept:
            self._kept[day, horizon] = fit_members(history, day, horizon)
        return self._kept[day, horizon]

    def _weights(self, history: History, day: int, horizon: int) -> dict[str, Floats]:
        """Learn the weights one horizon earlier; the usual ones where the history is too short for that."""
        earlier = day - horizon
        try:
            members = self._members(history, earlier, horizon)
        except TooFewDataError:
            return dict.fromkeys(TARGETS, USUAL)
        summary = history.summary(earlier)
        links = members.links(history, summary, earlier)
        orders, value = (truth[summary.customer] for truth in history.bought_within(earlier, horizon))
        truths = {"churn": (orders == 0).astype(np.float64), "orders": orders, "value": value / max(value.mean(), 1e-9)}
        return {target: learn_weights(links[target], truths[target], churn=target == "churn") for target in TARGETS}


def learn_weights(links: Floats, truth: Floats, *, churn: bool) -> Floats:
    """Find the weights with the smallest loss: log loss of churn, Poisson deviance of orders and money.

    The level is free, since it is set elsewhere.

    Parameters
    ----------
    links : shape (members, customers).
    """
    links = np.clip(links, -_FAR, _FAR)
    drawn = _DRAWN / len(truth)

    def loss(free: Floats) -> float:
        weights = softmax(free[1:])
        linear = weights @ links + free[0]
        if churn:
            losses = np.logaddexp(0, linear) - truth * linear
        else:
            losses = np.exp(np.clip(linear, -_FAR, _FAR)) - truth * linear
        return float(losses.mean()) + drawn * float(np.sum((weights - USUAL) ** 2 / USUAL))

    level = 0.0 if churn else float(np.log(max(truth.mean(), 1e-9)) - np.log(np.exp(links.mean(axis=0)).mean()))
    found = minimize(loss, np.append(level, np.log(USUAL)), method="BFGS")
    return np.asarray(softmax(found.x[1:]), dtype=np.float64)


def _with_mean(log_odds: Floats, mean: float) -> Floats:
    """Shift log odds so that the probabilities have this mean."""
    bounded = np.clip(log_odds, -_FAR, _FAR)
    wanted = float(np.clip(mean, 1e-6, 1 - 1e-6))
    shift = brentq(lambda by: float(expit(bounded + by).mean()) - wanted, -2 * _FAR, 2 * _FAR, xtol=1e-6)
    return np.asarray(expit(bounded + shift), dtype=np.float64)


def _with_total(logs: Floats, total: float) -> Floats:
    """Scale so that the figures have this sum."""
    figures = np.exp(np.clip(logs, -_FAR, _FAR))
    return np.asarray(figures * (total / max(float(figures.sum()), 1e-300)), dtype=np.float64)
