"""How much busier the shop will be than it usually is, from the calendar, as far as its own past agrees.

A shop with less than a year of history has not seen its next season. What is known of all shops helps: the U.S. Census
Bureau's quarterly report of retail e-commerce gives the fourth quarter a fifth above the year's mean (2020: 245.3 of
206.7 billion dollars adjusted for season) and the others six or seven hundredths below (third of 2015: 81.1 of 87.5).
Food hardly has a season. So the index counts in full for shops where one buys every month or more seldom, not at all
where one buys every week, and the shop's own past moves it either way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.prediction.beta_geometric import BetaGeometric
from analytics.prediction.history import Floats, History, date_of

#: Sales of a day over the year's mean, by month: the quarters as published, the last one rising to Christmas.
INDEX = np.array([0.93, 0.93, 0.93, 0.94, 0.94, 0.94, 0.93, 0.93, 0.93, 1.02, 1.19, 1.36])
#: Days between purchases at which the index counts nothing, and in full.
_WEEKLY, _MONTHLY = 7.0, 28.0
#: How far the strength of the index, the level and a drift may be off (standard deviations, of logarithms).
_STRENGTH, _LEVEL, _DRIFT = 0.5, 0.3, 0.2
#: Two weeks of a shop scatter around its own season by this.
_NOISE = 0.15
_STEP = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """The power to which the index counts for a shop (0: no season), and the index's mean over its past."""

    strength: float = 0.0
    usual: float = 1.0

    def factor(self, day: int, horizon: int) -> float:
        """Give how much busier `horizon` days from `day` on are than the shop's past, > 0."""
        return float(np.mean(_index(day, horizon) ** self.strength)) / self.usual


def fit_season(history: History, day: int, counts: BetaGeometric) -> Season:
    """Ask the shop's past before `day` how much of the index is in it.

    Two weeks after two weeks, purchases over those the model of buying expects are regressed on the index, with the
    priors above. `counts` is fitted on the same past, in days.
    """
    strength = _prior_strength(history, day)
    first = history.first_day + 2 * _STEP
    rows, logs = [], []
    for start in range(first, day - _STEP + 1, _STEP):
        summary = history.summary(start)
        bought, _ = history.bought_within(start, _STEP)
        expected = counts.expected(_STEP, summary.repeats, summary.recency, summary.age).sum()
        if expected > 0:
            logs.append(np.log((bought[summary.customer].sum() + 1) / (expected + 1)))
            rows.append(
                [1.0, float(np.mean(np.log(_index(start, _STEP)))), (start - first) / max(day - first, 1) - 0.5]
            )
    if rows:
        strength = _posterior(np.array(rows), np.array(logs), strength)
    days = max(day - history.first_day, 1)
    return Season(strength=strength, usual=float(np.mean(_index(history.first_day, days) ** strength)))


def _posterior(rows: Floats, logs: Floats, strength: float) -> float:
    prior = np.diag([_LEVEL**-2, _STRENGTH**-2, _DRIFT**-2])
    known = rows.T @ rows / _NOISE**2 + prior
    found = np.linalg.solve(known, rows.T @ logs / _NOISE**2 + prior @ np.array([0.0, strength, 0.0]))
    return float(np.clip(found[1], 0.0, 2.0))


def _prior_strength(history: History, day: int) -> float:
    """Give the strength that the shop's rhythm makes likely: none for weekly shops, all of it for monthly ones."""
    same = (np.diff(history.customer) == 0) & (history.day[1:] < day)
    gaps = np.diff(history.day)[same]
    usual = float(np.median(gaps)) if len(gaps) else _MONTHLY
    return float(np.clip((usual - _WEEKLY) / (_MONTHLY - _WEEKLY), 0.0, 1.0))


def _index(day: int, days: int) -> Floats:
    months = [date_of(one).month - 1 for one in range(day, day + days)]
    return np.asarray(INDEX[months], dtype=np.float64)
