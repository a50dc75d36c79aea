"""Gamma-Gamma: what an order of hers is worth, between her own mean and everybody's.

P. Fader, B. Hardie, K. L. Lee, RFM and CLV: Using iso-value curves for customer base analysis, Journal of Marketing
Research 42 (2005); the note "The Gamma-Gamma model of monetary value" (2013). Orders of a customer scatter by a gamma
distribution of shape p, their scale differs between customers by another one (q, v).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from analytics.prediction.fitting import fit_positive, sampled
from analytics.prediction.history import Floats

#: q stays above this: below 1 the mean over customers does not exist.
_LEAST_Q = 1.05


@dataclass(frozen=True, slots=True, kw_only=True)
class GammaGamma:
    """Fitted parameters; `v` in units of money."""

    p: float
    q: float
    v: float

    @property
    def mean(self) -> float:
        """What is expected of an order of somebody unknown."""
        return self.p * self.v / (self.q - 1)

    def expected(self, orders: Floats, mean: Floats) -> Floats:
        """Give the expected money of an order, > 0.

        Parameters
        ----------
        orders : how many her mean is of, >= 0.
        mean : her mean; not looked at where `orders` is 0.
        """
        spent = np.where(orders > 0, orders * mean, 0.0)
        return np.asarray(self.p * (self.v + spent) / (self.p * orders + self.q - 1), dtype=np.float64)


def fit_gamma_gamma(orders: Floats, mean: Floats, prior: float = 0.0) -> GammaGamma:
    """Fit by maximum likelihood.

    Parameters
    ----------
    orders, mean : of customers; those without orders or without money are left out.
    prior : see `fit_positive`.

    Raises
    ------
    ValueError
        Nobody has paid anything.
    """
    paid = (orders > 0) & (mean > 0)
    if not paid.any():
        raise ValueError("nobody has paid anything")
    x, m = orders[paid], mean[paid]
    chosen = sampled(len(x))
    x, m = x[chosen], m[chosen]
    unit = float(np.median(m))
    m = m / unit

    def negative_mean(parameters: Floats) -> float:
        p, more, v = parameters
        q = _LEAST_Q + more
        px = p * x
        known = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(v)
        logs = known + (px - 1) * np.log(m) + px * np.log(x) - (px + q) * np.log(x * m + v)
        return -float(np.mean(logs))

    p, more, v = fit_positive(negative_mean, ((3.0, 2.0, 1.0), (1.0, 3.0, 2.0)), prior / len(x)).tolist()
    return GammaGamma(p=p, q=_LEAST_Q + more, v=v * unit)
