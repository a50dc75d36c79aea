"""Fitting the spaces in which segments are looked for.

| name | what a customer is there |
|---|---|
| `aspects` | recency; figures that say the same (places correlated by 0.6 or more) joined into one aspect; habits that go with nothing else, quieter |
| `habits` | recency, orders and money as they are; habits beside them, quieter |
| `learned` | what an autoencoder makes of recency, orders, money and habits |
| `rfm` | recency, orders and money by place: the usual ground, to compare with |
| `log` | recency, orders and money by logarithm and deviation: the textbook's, to compare with |
| `raw` | recency, orders and money in deviations as they are: what the biggest spenders make of a silhouette |
"""  # noqa: E501  (a table)

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from analytics import columns as c
from analytics.segmentation.figures import Columns, fallback, telling
from analytics.segmentation.ranks import Floats, fit_grid, places
from analytics.segmentation.space import Layer, Numbers, Space

#: Figures whose places are correlated at least so much (by size) say the same.
_SAME = 0.6
#: All habits that go with nothing else have together this much of the weight that recency alone has (squared).
QUIET = 0.06


def rfm_space(columns: Columns) -> Space:
    """Places of recency, orders and money."""
    return _placed("rfm", columns, c.RFM, [1.0] * len(c.RFM))


def log_space(columns: Columns) -> Space:
    """Logarithms of recency, orders and money, in deviations from their mean."""
    logs = [np.log1p(np.maximum(columns[name], 0)) for name in c.RFM]
    return Space(
        name="log",
        figures=c.RFM,
        fallbacks=tuple(fallback(name, columns[name]) for name in c.RFM),
        scales=tuple((float(values.mean()), float(values.std()) or 1.0) for values in logs),
        kind="logs",
        weights=(1.0,) * len(c.RFM),
        axes=c.RFM,
    )


def raw_space(columns: Columns) -> Space:
    """Recency, orders and money in deviations from their mean, with whales and all; only to show what that does."""
    means = [float(columns[name].mean()) for name in c.RFM]
    spreads = [float(columns[name].std()) or 1.0 for name in c.RFM]
    rows = tuple(tuple(1 / spread if i == j else 0.0 for j in range(len(c.RFM))) for i, spread in enumerate(spreads))
    return Space(
        name="raw",
        figures=c.RFM,
        fallbacks=tuple(means),
        scales=tuple((0.0, 1.0) for _ in c.RFM),
        kind="plain",
        layers=(Layer(rows, tuple(-mean / spread for mean, spread in zip(means, spreads, strict=True))),),
        weights=(1.0,) * len(c.RFM),
        axes=c.RFM,
    )


def habits_space(columns: Columns) -> Space:
    """Places of recency, orders and money, and quieter ones of the habits; none where no habit tells anybody apart."""
    habits = telling(columns)
    quieter = [(QUIET / len(habits)) ** 0.5] * len(habits) if habits else []
    return _placed("habits", columns, (*c.RFM, *habits), [1.0, 1.0, 1.0, *quieter])


def aspects_space(columns: Columns) -> Space:
    """Recency, and the aspects into which the other figures fall."""
    base = _placed("aspects", columns, (*c.RFM, *telling(columns)), [])
    points = np.column_stack([
        places(_filled(columns[name], missing), np.array(grid))
        for name, missing, grid in zip(base.figures, base.fallbacks, base.scales, strict=True)
    ])  # fmt: skip
    groups = _groups(points)
    rows = [_mean_of(group, points) for group in groups]
    alone = [group for group in groups if not {base.figures[i] for i in group} & set(c.RFM)]
    quiet = (QUIET / len(alone)) ** 0.5 if alone else 0.0
    return Space(
        name="aspects",
        figures=base.figures,
        fallbacks=base.fallbacks,
        scales=base.scales,
        layers=(Layer(tuple(rows), (0.0,) * len(rows)),),
        weights=tuple(quiet if group in alone else 1.0 for group in groups),
        axes=tuple("+".join(base.figures[i] for i in group) for group in groups),
    )


def _groups(points: Floats) -> list[tuple[int, ...]]:
    """Group dimensions that say the same; recency, the first, stays alone: when is another matter than how much."""
    if points.shape[1] < 3:
        return [(i,) for i in range(points.shape[1])]
    centred = points[:, 1:] - points[:, 1:].mean(axis=0)
    lengths = np.linalg.norm(centred, axis=0)
    unit = np.divide(centred, lengths, out=np.zeros_like(centred), where=lengths > 0)
    apart = 1 - np.clip(np.abs(unit.T @ unit), 0, 1)
    np.fill_diagonal(apart, 0.0)
    labels = fcluster(linkage(squareform(apart, checks=False), "average"), 1 - _SAME, "distance")
    found: dict[int, list[int]] = {}
    for place_of, label in enumerate(labels.tolist(), start=1):
        found.setdefault(label, []).append(place_of)
    return [(0,), *(tuple(group) for group in sorted(found.values()))]


def _mean_of(group: tuple[int, ...], points: Floats) -> Numbers:
    """Weights that give the mean of a group, each turned so that all point the way of the first."""
    row = np.zeros(points.shape[1])
    first = points[:, group[0]] - points[:, group[0]].mean()
    for i in group:
        row[i] = (1.0 if first @ (points[:, i] - points[:, i].mean()) >= 0 else -1.0) / len(group)
    return tuple(row.tolist())


def _placed(name: str, columns: Columns, figures: tuple[str, ...], weights: list[float]) -> Space:
    fallbacks = [fallback(figure, columns[figure]) for figure in figures]
    grids = [fit_grid(_filled(columns[figure], missing)) for figure, missing in zip(figures, fallbacks, strict=True)]
    return Space(
        name=name,
        figures=figures,
        fallbacks=tuple(fallbacks),
        scales=tuple(tuple(grid.tolist()) for grid in grids),
        weights=tuple(weights),
        axes=figures,
    )


def _filled(values: Floats, missing: float) -> Floats:
    return np.where(np.isnan(values), missing, values)


#: How each space is fitted anew on other customers.
REFIT: dict[str, Callable[[Columns], Space]] = {
    "aspects": aspects_space,
    "habits": habits_space,
    "rfm": rfm_space,
    "log": log_space,
    "raw": raw_space,
}
