"""BG/NBD and MBG/NBD: customers buy at their own steady rate until, after some purchase, they stay away for good.

Rates differ by a gamma distribution (r, alpha), the chance to stay away after a purchase by a beta distribution (a, b).
BG/NBD: P. Fader, B. Hardie, K. L. Lee, "Counting Your Customers" the Easy Way, Marketing Science 24 (2005). There a
one-time buyer has never left. MBG/NBD lets customers leave right after their first purchase: E. Batislam, M. Denizel,
A. Filiztekin, Empirical validation and comparison of models for customer base analysis, IJRM 24 (2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, expit, gammaln, hyp2f1

from analytics.prediction.fitting import fit_positive, grouped, sampled
from analytics.prediction.history import Floats

#: (r, alpha, a, b) where shops of the published data sets lie, roughly; time in weeks.
_STARTS = ((0.5, 5.0, 0.8, 2.5), (1.0, 10.0, 0.3, 1.0))
#: How far from a = 1, where the formula of expectation divides by zero.
_OFF_ONE = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class BetaGeometric:
    """Fitted parameters; time in the unit of what it was fitted on.

    Parameters
    ----------
    may_leave_at_once : MBG/NBD instead of BG/NBD.
    """

    r: float
    alpha: float
    a: float
    b: float
    may_leave_at_once: bool = False
    log_likelihood: float = float("nan")

    def alive(self, repeats: Floats, recency: Floats, age: Floats) -> Floats:
        """Give the probability that she has not left for good, 0..1; 1 for one-time buyers of BG/NBD."""
        return np.asarray(expit(-self._log_left(repeats, recency, age)), dtype=np.float64)

    def expected(self, horizon: float, repeats: Floats, recency: Floats, age: Floats) -> Floats:
        """Give the expected purchases within `horizon`, >= 0."""
        return self.if_alive(horizon, repeats, age) * self.alive(repeats, recency, age)

    def if_alive(self, horizon: float, repeats: Floats, age: Floats) -> Floats:
        """Give the expected purchases within `horizon` of a customer who has not left, >= 0.

        Pfaff's transformation of the published formula: the two parameters that grow with the purchases leave the
        upper row, so that nothing overflows and no digits are lost.
        """
        a = self.a if abs(self.a - 1) > _OFF_ONE else 1 + _OFF_ONE
        c = a + self.b + repeats - (0 if self.may_leave_at_once else 1)
        shorter = (self.alpha + age) / (self.alpha + age + horizon)
        none = shorter ** (a - 1) * hyp2f1(c - self.r - repeats, a - 1, c, 1 - shorter)
        return np.asarray(np.maximum(c / (a - 1) * (1 - none), 0.0), dtype=np.float64)

    def silent(self, horizon: float, repeats: Floats, recency: Floats, age: Floats) -> Floats:
        """Give the probability of no purchase within `horizon`, 0..1."""
        none = np.exp((self.r + repeats) * (np.log(self.alpha + age) - np.log(self.alpha + age + horizon)))
        return np.asarray(1 - self.alive(repeats, recency, age) * (1 - none), dtype=np.float64)

    def _log_left(self, repeats: Floats, recency: Floats, age: Floats) -> Floats:
        shorter = (self.r + repeats) * (np.log(self.alpha + age) - np.log(self.alpha + recency))
        if self.may_leave_at_once:
            return np.asarray(np.log(self.a) - np.log(self.b + repeats) + shorter, dtype=np.float64)
        odds = np.log(self.a) - np.log(self.b + np.maximum(repeats, 1) - 1) + shorter
        return np.asarray(np.where(repeats > 0, odds, -np.inf), dtype=np.float64)


def fit_beta_geometric(
    repeats: Floats, recency: Floats, age: Floats, *, may_leave_at_once: bool = False, prior: float = 0.0
) -> BetaGeometric:
    """Fit by maximum likelihood, in well under a second.

    Parameters
    ----------
    repeats, recency, age : as in `Summary`, any unit of time; at least one customer.
    may_leave_at_once : MBG/NBD instead of BG/NBD.
    prior : see `fit_positive`; a little keeps a shop of few customers sensible.
    """
    chosen = sampled(len(repeats))
    (x, seen, end), weight = grouped(repeats[chosen], recency[chosen], age[chosen])
    unit = _unit(end)
    seen, end, total = seen / unit, end / unit, weight.sum()

    def negative_mean(parameters: Floats) -> float:
        model = BetaGeometric(
            **dict(zip(["r", "alpha", "a", "b"], parameters.tolist(), strict=True)), may_leave_at_once=may_leave_at_once
        )
        return -float(weight @ _log_likelihood(model, x, seen, end)) / float(total)

    r, alpha, a, b = fit_positive(negative_mean, _STARTS, prior / total).tolist()
    # A density of x moments: the unit of time goes into it once for each.
    logs = -negative_mean(np.array([r, alpha, a, b])) * total - float(weight @ x) * np.log(unit)
    return BetaGeometric(
        r=r, alpha=alpha * unit, a=a, b=b, may_leave_at_once=may_leave_at_once, log_likelihood=float(logs)
    )


def _unit(ages: Floats) -> float:
    """Give the unit in which the oldest customer is some forty weeks old, whatever time was counted in."""
    return max(float(ages.max()) / 40.0, 1e-9)


def _log_likelihood(model: BetaGeometric, repeats: Floats, recency: Floats, age: Floats) -> Floats:
    more = 1 if model.may_leave_at_once else 0
    rates = gammaln(model.r + repeats) - gammaln(model.r) + model.r * np.log(model.alpha)
    staying = betaln(model.a, model.b + repeats + more) - betaln(model.a, model.b)
    to_the_end = -(model.r + repeats) * np.log(model.alpha + age)
    left = np.logaddexp(0.0, model._log_left(repeats, recency, age))
    return np.asarray(rates + staying + to_the_end + left, dtype=np.float64)
