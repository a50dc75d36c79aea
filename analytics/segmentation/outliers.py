"""Customers who stand apart from everybody: told, not thrown away. They stay in their segment all the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import DBSCAN, HDBSCAN
from sklearn.neighbors import NearestNeighbors

from analytics import columns as c
from analytics.segmentation.figures import Columns
from analytics.segmentation.ranks import Floats

#: Beyond so many customers, those far from the middle and a sample of the others are looked at.
SAMPLE = 5_000
#: Told at most, the farthest first.
MOST = 20
#: Fewer neighbours make no neighbourhood.
_NEIGHBOURS = 5
#: HDBSCAN's likeliness to be one, above which a customer is an outlier for it.
_APART = 0.9
#: How a figure reads when it is what sets her apart: (too much, too little).
SAID = {
    c.RECENCY_DAYS: ("has been away longer", "ordered more recently"),
    c.FREQUENCY: ("orders more often", "orders less often"),
    c.MONETARY: ("spent more", "spent less"),
    c.BASKET_VALUE: ("has bigger baskets", "has smaller baskets"),
    c.DAYS_BETWEEN_ORDERS: ("waits longer between orders", "orders at shorter intervals"),
    c.CATEGORIES_BOUGHT: ("buys from more categories", "buys from fewer categories"),
    c.DISCOUNT_SHARE: ("takes more discounts", "takes fewer discounts"),
    c.WEEKEND_SHARE: ("orders more at weekends", "orders less at weekends"),
    c.INTERVAL_REGULARITY: ("orders more regularly", "orders less regularly"),
    c.TENURE_DAYS: ("has been a customer for a longer time", "has been a customer for a shorter time"),
    c.RETURN_SHARE: ("brings back more of what she bought", "brings back less of what she bought"),
}


def standing_apart(columns: Columns, figures: Sequence[str], seed: int) -> list[tuple[int, str]]:
    """Find customers whom both DBSCAN and HDBSCAN leave outside of every neighbourhood.

    They are looked for among logarithms in robust deviations (from the median, in interquartile ranges): by place, the
    biggest spender is next to the second biggest, however far she is ahead.

    Returns
    -------
    (row, why) of each, the farthest first, at most `MOST`; "spent more than 99.9% of customers".
    """
    points = _robust(columns, figures)
    if len(points) < 10 * _NEIGHBOURS:
        return []
    away = np.abs(points).max(axis=1)
    rows = np.arange(len(points))
    if len(points) > SAMPLE:
        far = np.argsort(-away)[: SAMPLE // 5]
        others = np.setdiff1d(rows, far)
        rows = np.concatenate([far, np.random.default_rng(seed).choice(others, SAMPLE - len(far), replace=False)])
    apart = rows[_alone(points[rows])]
    ranked = sorted(apart.tolist(), key=lambda row: -away[row])[:MOST]
    return [(row, _why(row, columns, figures, points)) for row in ranked]


def _robust(columns: Columns, figures: Sequence[str]) -> Floats:
    scaled = []
    for name in figures:
        values = columns[name]
        logs = np.log1p(np.maximum(np.where(np.isnan(values), np.nanmedian(values), values), 0))
        low, middle, high = np.quantile(logs, (0.25, 0.5, 0.75))
        scaled.append((logs - middle) / ((high - low) or float(logs.std()) or 1.0))
    return np.column_stack(scaled)


def _alone(points: Floats) -> NDArray[np.bool_]:
    """Tell who has no neighbourhood, in the eyes of DBSCAN and of HDBSCAN."""
    distances = NearestNeighbors(n_neighbors=_NEIGHBOURS + 1).fit(points).kneighbors(points)[0][:, -1]
    # As far as hardly anybody's fifth neighbour is: the knee of the curve from which DBSCAN's radius is usually read.
    radius = float(np.quantile(distances, 0.98)) or 1e-9
    by_radius = DBSCAN(eps=radius, min_samples=_NEIGHBOURS + 1).fit(points).labels_ == -1
    dense = HDBSCAN(min_cluster_size=max(_NEIGHBOURS, len(points) // 100), min_samples=_NEIGHBOURS, copy=True)
    likely = 1 - dense.fit(points).probabilities_
    return np.asarray(by_radius & (likely > _APART), dtype=bool)


def _why(row: int, columns: Columns, figures: Sequence[str], points: Floats) -> str:
    """Say the figure that sets her apart most, and from how many."""
    place = int(np.abs(points[row]).argmax())
    name, much = figures[place], points[row, place] > 0
    values = columns[name][~np.isnan(columns[name])]
    beyond = float((values < columns[name][row]).mean() if much else (values > columns[name][row]).mean())
    more, less = SAID[name]
    share = floor_percent(beyond)
    return f"{more if much else less} than {share} of customers"


def floor_percent(share: float) -> str:
    """Say a share just short of all as such: 99.98% is not 100%."""
    return f"{np.floor(share * 1000) / 10:.1f}%" if share < 1 else "100%"
