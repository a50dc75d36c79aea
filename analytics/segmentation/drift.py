"""Whether customers are still as they were when the segments were found.

The population stability index compares two distributions over the same bins:
sum over bins of (share now − share then) × ln(share now ÷ share then). The usual reading (Siddiqi, Credit Risk
Scorecards, 2006): below 0.1 steady, up to 0.25 moving, above it drifted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from analytics.segment_records import Drift, DriftLevel, FigureDrift
from analytics.segmentation.figures import Columns
from analytics.segmentation.ranks import Floats

MOVING, DRIFTED = 0.1, 0.25
#: Bins of a figure: tenths, fewer where many customers share a value.
_BINS = 10
#: An empty bin counts as half a customer, so that the logarithm has something to say.
_HALF = 0.5


def profile_of(columns: Columns, figures: Sequence[str]) -> dict[str, dict[str, list[float]]]:
    """Give what is kept of each figure at training: the edges of its bins and the share in each; missing comes last."""
    kept = {}
    for figure in figures:
        known = columns[figure][~np.isnan(columns[figure])]
        edges = np.unique(np.quantile(known, np.linspace(0, 1, _BINS + 1)[1:-1])) if len(known) else np.array([])
        kept[figure] = {"edges": edges.tolist(), "shares": _counted(columns[figure], edges).tolist()}
    return kept


def psi(then: Floats, now: Floats, customers: int) -> float:
    """Give the index of two lists of shares over the same bins; `customers` now, for the bins that are empty."""
    least = _HALF / max(customers, 1)
    ours, theirs = np.maximum(now, least), np.maximum(then, least)
    return float(((ours - theirs) * np.log(ours / theirs)).sum())


def drift_of(
    columns: Columns,
    kept: Mapping[str, Mapping[str, Any]],
    sizes: tuple[Mapping[int, int], Mapping[int, int]],
    now: datetime,
    threshold: float = DRIFTED,
) -> Drift:
    """Measure drift.

    Parameters
    ----------
    columns : of all customers as they are now.
    kept : by `profile_of`, at training.
    sizes : {segment id: customers} at training and now.
    threshold : the worst index above which segments are to be found anew.
    """
    customers = len(next(iter(columns.values())))
    figures = []
    for figure, of in kept.items():
        shares = _counted(columns[figure], np.array(of["edges"]))
        value = psi(np.array(of["shares"]), shares, customers)
        figures.append(FigureDrift(figure=figure, psi=round(value, 4), level=level(value)))
    then, today = (np.array([of.get(s, 0) for s in sorted({*sizes[0], *sizes[1]})], dtype=float) for of in sizes)
    of_sizes = psi(then / max(then.sum(), 1), today / max(today.sum(), 1), customers)
    worst = max([of_sizes, *(figure.psi for figure in figures)])
    return Drift(
        measured_at=now,
        figures=tuple(figures),
        sizes=round(of_sizes, 4),
        worst=round(worst, 4),
        rebuild=worst > threshold,
    )


def level(value: float) -> DriftLevel:
    """Give how an index reads."""
    return "steady" if value < MOVING else "moving" if value <= DRIFTED else "drifted"


def _counted(values: Floats, edges: Floats) -> Floats:
    missing = np.isnan(values)
    counts = np.bincount(np.searchsorted(edges, values[~missing], side="left"), minlength=len(edges) + 1)
    return np.asarray(np.append(counts, missing.sum()) / max(len(values), 1), dtype=np.float64)
