"""How much busier the shop will be than it usually is: from its own past years, before these from the calendar.

A shop with less than a year of history has not seen its next season. What is known of all shops helps: the U.S. Census
Bureau's quarterly report of retail e-commerce gives the fourth quarter a fifth above the year's mean (2020: 245.3 of
206.7 billion dollars adjusted for season) and the others six or seven hundredths below (third of 2015: 81.1 of 87.5).
Food hardly has a season. So the index counts in full for shops where one buys every month or more seldom, not at all
where one buys every week; and each month that the shop has been through moves its own figure away from the index.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from analytics.prediction.beta_geometric import BetaGeometric
from analytics.prediction.history import Floats, History

#: Sales of a day over the year's mean, by month: the quarters as published, the last one rising to Christmas.
INDEX = np.array([0.93, 0.93, 0.93, 0.94, 0.94, 0.94, 0.93, 0.93, 0.93, 1.02, 1.19, 1.36])
#: Days between purchases at which the index counts nothing, and in full.
_WEEKLY, _MONTHLY = 7.0, 28.0
#: How far off may be (standard deviations of logarithms): the strength of the index, a month of this shop against it,
#: the level, a drift over the whole past.
_STRENGTH, _MONTH, _LEVEL, _DRIFT = 0.5, 0.12, 0.3, 0.2
#: Two weeks of a shop scatter around its own season by this.
_NOISE = 0.15
_STEP = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """Logarithms of how busy the shop is by month, January to December, and the mean of what is usual in its past."""

    months: Floats = field(default_factory=lambda: np.zeros(12))
    usual: float = 1.0

    def factor(self, day: int, horizon: int) -> float:
        """Give how much busier `horizon` days from `day` on are than the shop's past, > 0."""
        return float(_month_shares(day, horizon) @ np.exp(self.months)) / self.usual


def fit_season(history: History, day: int, counts: BetaGeometric) -> Season:
    """Read the season off the shop's past before `day`.

    Two weeks after two weeks, purchases over those the model of buying expects are regressed on months, with the priors
    above. `counts` is fitted on the same past, in days.
    """
    first = history.first_day + 2 * _STEP
    rows, logs = [], []
    for start in range(first, day - _STEP + 1, _STEP):
        summary = history.summary(start)
        bought, _ = history.bought_within(start, _STEP)
        expected = counts.expected(_STEP, summary.repeats, summary.recency, summary.age).sum()
        if expected > 0:
            drift = (start - first) / max(day - first, 1) - 0.5
            rows.append(np.append([1.0, drift], _month_shares(start, _STEP)))
            logs.append(np.log((bought[summary.customer].sum() + 1) / (expected + 1)))
    months = _months(np.array(rows).reshape(-1, 14), np.array(logs), _prior_strength(history, day))
    past = _month_shares(history.first_day, max(day - history.first_day, 1))
    return Season(months=months, usual=float(past @ np.exp(months)))


def _months(rows: Floats, logs: Floats, strength: float) -> Floats:
    """Give the posterior mean of the months: a linear model with Gaussian priors, level and drift before the months."""
    index = np.log(INDEX)
    mean = np.append([0.0, 0.0], strength * index)
    spread = np.diag([_LEVEL**2, _DRIFT**2, *[_MONTH**2] * 12])
    spread[2:, 2:] += _STRENGTH**2 * np.outer(index, index)
    seen = rows @ spread @ rows.T + _NOISE**2 * np.eye(len(rows))
    found = mean + spread @ rows.T @ np.linalg.solve(seen, logs - rows @ mean)
    return np.asarray(found[2:], dtype=np.float64)


def _prior_strength(history: History, day: int) -> float:
    """Give the strength that the shop's rhythm makes likely: none for weekly shops, all of it for monthly ones."""
    same = (np.diff(history.customer) == 0) & (history.day[1:] < day)
    gaps = np.diff(history.day)[same]
    usual = float(np.median(gaps)) if len(gaps) else _MONTHLY
    return float(np.clip((usual - _WEEKLY) / (_MONTHLY - _WEEKLY), 0.0, 1.0))


def _month_shares(day: int, days: int) -> Floats:
    """Give the share of each month in some days, adding up to 1."""
    dates = np.datetime64("1970-01-01", "D") + np.arange(day, day + days)
    months = dates.astype("datetime64[M]").astype(np.int64) % 12
    return np.bincount(months, minlength=12).astype(np.float64) / days
