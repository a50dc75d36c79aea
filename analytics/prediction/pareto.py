"""Pareto/NBD: customers buy at their own steady rate and leave at any moment, whether they buy or not.

D. Schmittlein, D. Morrison, R. Colombo, Counting Your Customers: Who Are They and What Will They Do Next?, Management
Science 33 (1987). Rates differ by a gamma distribution (r, alpha), the hazard of leaving by another (s, beta). The
published likelihood has Gaussian hypergeometric functions that lose their digits for frequent buyers; the integral they
stand for is computed directly here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, gammaln, logsumexp

from analytics.prediction.fitting import fit_positive, grouped, sampled
from analytics.prediction.history import Floats

_STARTS = ((0.5, 10.0, 0.6, 12.0), (1.0, 5.0, 1.5, 20.0))
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)
#: The integrand falls like exp(-rate u); beyond so many of its lengths nothing is left of it.
_LENGTHS = 40.0
_OFF_ONE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class ParetoNBD:
    """Fitted parameters; time in the unit of what it was fitted on."""

    r: float
    alpha: float
    s: float
    beta: float
    log_likelihood: float = float("nan")

    def alive(self, repeats: Floats, recency: Floats, age: Floats) -> Floats:
        """Give the probability that she has not left, 0..1."""
        log_odds = self._log_staying(repeats, age) - self._log_gone(repeats, recency, age)
        return np.asarray(expit(log_odds), dtype=np.float64)

    def expected(self, horizon: float, repeats: Floats, recency: Floats, age: Floats) -> Floats:
        """Give the expected purchases within `horizon`, >= 0."""
        return self.if_alive(horizon, repeats, age) * self.alive(repeats, recency, age)

    def if_alive(self, horizon: float, repeats: Floats, age: Floats) -> Floats:
        """Give the expected purchases within `horizon` of a customer who has not left, >= 0."""
        s = self.s if abs(self.s - 1) > _OFF_ONE else 1 + _OFF_ONE
        rate = (self.r + repeats) / (self.alpha + age)
        longer = np.log(self.beta + age) - np.log(self.beta + age + horizon)
        time = (self.beta + age) / (s - 1) * -np.expm1((s - 1) * longer)
        return np.asarray(np.maximum(rate * time, 0.0), dtype=np.float64)

    def silent(self, horizon: float, repeats: Floats, recency: Floats, age: Floats) -> Floats:
        """Give the probability of no purchase within `horizon`, 0..1: gone already, or neither leaving nor buying.

        Leaving within the horizon before any purchase is integrated over its moment.
        """
        moments = horizon * (1 + _NODES) / 2
        end = age[:, None]
        stays = (self.r + repeats) * (np.log(self.alpha + age) - np.log(self.alpha + age + horizon))
        stays = stays + self.s * (np.log(self.beta + age) - np.log(self.beta + age + horizon))
        quiet = (self.r + repeats[:, None]) * (np.log(self.alpha + end) - np.log(self.alpha + end + moments))
        leaving = self.s * np.log(self.beta + end) - (self.s + 1) * np.log(self.beta + end + moments)
        leaves = self.s * (np.exp(quiet + leaving) @ _WEIGHTS) * horizon / 2
        return np.asarray(1 - self.alive(repeats, recency, age) * (1 - np.exp(stays) - leaves), dtype=np.float64)

    def _log_staying(self, repeats: Floats, age: Floats) -> Floats:
        return np.asarray(
            -(self.r + repeats) * np.log(self.alpha + age) - self.s * np.log(self.beta + age), dtype=np.float64
        )

    def _log_gone(self, repeats: Floats, recency: Floats, age: Floats) -> Floats:
        """Integrate over the moment of leaving, from the last purchase to the end, in u = log(alpha + moment)."""
        begin = np.log(self.alpha + recency)
        length = np.log(self.alpha + age) - begin
        half = np.minimum(length, _LENGTHS / (self.r + repeats))[:, None] / 2
        u = begin[:, None] + half * (1 + _NODES)
        moment = np.exp(u) - self.alpha
        power = self.r + repeats[:, None] - 1
        logs = np.log(self.s) - power * u - (self.s + 1) * np.log(self.beta + np.maximum(moment, 0.0))
        with np.errstate(divide="ignore"):
            weights = np.log(half * _WEIGHTS)
        return np.asarray(logsumexp(logs + weights, axis=1), dtype=np.float64)


def fit_pareto(repeats: Floats, recency: Floats, age: Floats, *, prior: float = 0.0) -> ParetoNBD:
    """Fit by maximum likelihood; parameters as of `fit_beta_geometric`."""
    chosen = sampled(len(repeats))
    (x, seen, end), weight = grouped(repeats[chosen], recency[chosen], age[chosen])
    unit = max(float(end.max()) / 40.0, 1e-9)
    seen, end, total = seen / unit, end / unit, weight.sum()

    def negative_mean(parameters: Floats) -> float:
        r, alpha, s, beta = parameters.tolist()
        model = ParetoNBD(r=r, alpha=alpha, s=s, beta=beta)
        known = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
        either = np.logaddexp(model._log_staying(x, end), model._log_gone(x, seen, end))
        return -float(weight @ (known + either)) / float(total)

    r, alpha, s, beta = fit_positive(negative_mean, _STARTS, prior / total).tolist()
    logs = -negative_mean(np.array([r, alpha, s, beta])) * total - float(weight @ x) * np.log(unit)
    return ParetoNBD(r=r, alpha=alpha * unit, s=s, beta=beta * unit, log_likelihood=float(logs))
