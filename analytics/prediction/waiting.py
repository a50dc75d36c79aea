"""The chance of the next visit, day by day: boosted trees on the hazard within steps of time.

Time from the cut-off is split into steps; in each step a customer who has not come yet comes with a chance (hazard)
that depends on her figures and on the step. The product of what is left is the chance that she has not come by then.
Customers who never came are used for all steps (censored at the horizon), so nothing is learned from returners only.
"""

from __future__ import annotations

from dataclasses import dataclass

import lightgbm as lgb
import numpy as np

from analytics.prediction.visits import Floats

#: Steps of time, at most; they hold about as many visits each.
_STEPS = 18
_TREES = 160
#: Rows (a customer in a step) that are learned from, at most: more do not make it better, only slower.
_MOST_ROWS = 250_000
_SETTINGS = {
    "objective": "binary",
    "num_leaves": 15,
    "min_data_in_leaf": 40,
    "learning_rate": 0.06,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingModel:
    """A hazard model: `edges` of its steps in days from now, the last is the horizon."""

    edges: Floats
    booster: lgb.Booster

    def staying_away(self, figures: Floats) -> Floats:
        """Give the chance of not having come by each edge: one row a customer, the first column 1."""
        left = np.ones((len(figures), len(self.edges)))
        for step in range(len(self.edges) - 1):
            hazard = self.booster.predict(_with_step(figures, self.edges[step]), num_threads=1)
            left[:, step + 1] = left[:, step] * (1 - np.asarray(hazard))
        return left


def waits_at(share: float, left: Floats, edges: Floats) -> Floats:
    """Give the days within which `share` of those come who come by the last edge.

    Parameters
    ----------
    share : 0 < share < 1; 0.5 is the median.
    left : of `WaitingModel.staying_away`.
    edges : in days, ascending, from 0.
    """
    came = 1 - left
    came = came / np.maximum(came[:, -1:], 1e-12)
    after = np.clip((came < share).sum(axis=1), 1, len(edges) - 1)
    rows = np.arange(len(left))
    low, high = came[rows, after - 1], came[rows, after]
    part = np.divide(share - low, high - low, out=np.ones_like(low), where=high > low)
    return np.asarray(edges[after - 1] + np.clip(part, 0, 1) * (edges[after] - edges[after - 1]), dtype=np.float64)


def fit_waiting(figures: Floats, waits: Floats, horizon: float, seed: int = 0) -> WaitingModel:
    """Learn the hazard from what followed earlier cut-offs.

    Parameters
    ----------
    figures : one row for each customer and cut-off; nan where a figure is unknown.
    waits : days from the cut-off to the next visit, inf where none came.
    horizon : days; what came later counts as not having come.
    """
    came = waits[waits <= horizon]
    inner = np.unique(np.quantile(came, np.linspace(0, 1, _STEPS + 1)[1:-1]).round(2))
    edges = np.concatenate([[0.0], inner[(inner > 0) & (inner < horizon)], [float(horizon)]])
    random = np.random.default_rng(seed)
    order = random.permutation(len(waits))
    parts, targets = [], []
    alive = np.minimum(np.searchsorted(edges, waits[order], side="left"), len(edges) - 1)
    kept = order[: int(np.searchsorted(np.cumsum(alive), _MOST_ROWS)) + 1]
    for step in range(len(edges) - 1):
        waiting = kept[waits[kept] > edges[step]]
        parts.append(_with_step(figures[waiting], edges[step]))
        targets.append(waits[waiting] <= edges[step + 1])
    data = lgb.Dataset(np.vstack(parts), np.concatenate(targets).astype(np.float64))
    booster = lgb.train({**_SETTINGS, "seed": seed}, data, _TREES)
    return WaitingModel(edges=edges, booster=booster)


def _with_step(figures: Floats, edge: float) -> Floats:
    return np.column_stack([figures, np.full(len(figures), edge)])
