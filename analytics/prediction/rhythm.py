"""Each customer's rhythm: the log of her gaps is normal, its mean hers, drawn towards the shop's (empirical Bayes).

With x the log of a gap in days: x ~ N(m, w) within a customer, m ~ N(M, b) between customers. M, w and b come from the
shop's gaps by the method of moments, steadied by a few gaps of an average shop, so that the first customer of a new
shop has a rhythm too. Of n gaps with mean x̄, m is expected at (n x̄ + k M) / (n + k) with k = w / b.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from scipy.special import ndtr, ndtri

from analytics.prediction.visits import Floats, Visits

#: An average shop, and how many gaps it counts for: a month, with half to double as usual.
_PRIOR_LOG, _PRIOR_WITHIN, _PRIOR_BETWEEN = log(30.0), 0.8, 0.4
_PRIOR_GAPS = 5.0
_PRIOR_WEIGHT = 1.0
#: Gaps below six hours are one visit told twice.
_SHORTEST = 0.25
#: Gaps by which a customer's own spread is drawn towards the shop's.
_SPREAD_GAPS = 3.0
_LEAST_BETWEEN = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The shop's rhythm: `level` M, `within` w, `between` b of the model, of `gaps` gaps."""

    level: float
    within: float
    between: float
    gaps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythms:
    """Level and spread of the log gap of each customer, and the number of gaps it rests on."""

    shop: Shop
    level: Floats
    spread: Floats
    gaps: Floats

    def waits(self, share: float, silence: Floats, horizon: float) -> Floats:
        """Give the days from now within which `share` of those come who come within `horizon`.

        Parameters
        ----------
        share : 0 < share < 1; 0.5 is the median.
        silence : days since the last visit of each customer, >= 0.
        horizon : days from now.

        Returns
        -------
        Days in 0..horizon. The gap is log-normal, known to be longer than the silence and at most silence + horizon.
        """
        low = self._before(np.maximum(silence, _SHORTEST))
        high = self._before(silence + horizon)
        at = np.clip(low + share * (high - low), 1e-12, 1 - 1e-12)
        waits: Floats = np.clip(np.exp(self.level + self.spread * ndtri(at)) - silence, 0.0, horizon)
        return waits

    def within(self, silence: Floats, horizon: float) -> Floats:
        """Give the chance that a customer comes within `horizon` days, given that her gap outlasts the silence."""
        low = self._before(np.maximum(silence, _SHORTEST))
        high = self._before(silence + horizon)
        return (high - low) / np.maximum(1 - low, 1e-12)

    def _before(self, gap: Floats) -> Floats:
        return np.asarray(ndtr((np.log(gap) - self.level) / self.spread), dtype=np.float64)


def rhythms_of(visits: Visits) -> Rhythms:
    """Estimate the rhythm of the shop and of every customer from the visits given."""
    count = len(visits.customers)
    who, gap = visits.gaps()
    logs = np.log(np.maximum(gap, _SHORTEST))
    gaps = np.bincount(who, minlength=count).astype(np.float64)
    mean = np.bincount(who, logs, minlength=count) / np.maximum(gaps, 1)
    around = np.bincount(who, (logs - mean[who]) ** 2, minlength=count).astype(np.float64)
    shop = _shop(logs, gaps, mean, around)
    ties = shop.within / shop.between
    level = (gaps * mean + ties * shop.level) / (gaps + ties)
    freedom = np.maximum(gaps - 1, 0)
    spread = (around + _SPREAD_GAPS * shop.within) / (freedom + _SPREAD_GAPS)
    # How unsure the level itself is widens what is expected of the next gap.
    unsure = shop.within / (gaps + ties)
    return Rhythms(shop=shop, level=level, spread=np.sqrt(spread + unsure), gaps=gaps)


def _shop(logs: Floats, gaps: Floats, mean: Floats, around: Floats) -> Shop:
    several = gaps > 1
    freedom = (gaps[several] - 1).sum()
    within = (around[several].sum() + _PRIOR_GAPS * _PRIOR_WITHIN) / (freedom + _PRIOR_GAPS)
    apart = (mean[several] - mean[several].mean()) ** 2 - within / gaps[several] if several.any() else np.zeros(0)
    between = max((apart.sum() + _PRIOR_GAPS * _PRIOR_BETWEEN) / (len(apart) + _PRIOR_GAPS), _LEAST_BETWEEN)
    # Each customer counts by how well her mean is known, at most once: who orders daily is not the whole shop.
    weight = gaps / (gaps + within / between)
    level = ((weight * mean).sum() + _PRIOR_WEIGHT * _PRIOR_LOG) / (weight.sum() + _PRIOR_WEIGHT)
    return Shop(level=float(level), within=float(within), between=float(between), gaps=len(logs))
