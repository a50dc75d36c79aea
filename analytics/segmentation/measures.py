"""How good groups are: clear-cut, stable, of sizes one can speak to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import (
    adjusted_rand_score,
    calinski_harabasz_score,
    davies_bouldin_score,
    silhouette_score,
)

from analytics.segmentation.algorithms import Method, fit_groups
from analytics.segmentation.ranks import Floats

#: Silhouettes compare all pairs: beyond so many customers, a sample of them.
PAIRS, FEW_PAIRS = 4_000, 1_500

Labels = NDArray[np.int64]


def silhouette(points: Floats, labels: Labels, seed: int, pairs: int = PAIRS) -> float:
    """Give the silhouette, -1..1; 0 where there is only one group."""
    some = np.arange(len(points))
    if len(points) > pairs:
        some = np.random.default_rng(seed).choice(len(points), pairs, replace=False)
    if not 1 < len(np.unique(labels[some])) < len(some):
        return 0.0
    return float(silhouette_score(points[some], labels[some]))


def davies_bouldin(points: Floats, labels: Labels) -> float:
    """Give the Davies-Bouldin index, lower is better; 0 where there is only one group."""
    return float(davies_bouldin_score(points, labels)) if len(np.unique(labels)) > 1 else 0.0


def calinski_harabasz(points: Floats, labels: Labels) -> float:
    """Give the Calinski-Harabasz index, higher is better; 0 where there is only one group."""
    return float(calinski_harabasz_score(points, labels)) if len(np.unique(labels)) > 1 else 0.0


def shares(labels: Labels, k: int) -> Floats:
    """Give the share of each of k groups, 0..1."""
    return np.asarray(np.bincount(labels, minlength=k) / max(len(labels), 1), dtype=np.float64)


def balance(of: Floats) -> float:
    """Give the entropy of shares over the largest it could be: 1 when all are equal, near 0 when one holds all."""
    if len(of) < 2:
        return 1.0
    some = of[of > 0]
    return float(-(some * np.log(some)).sum() / np.log(len(of)))


def stability(points: Floats, method: Method, k: int, seed: int, bootstraps: int) -> float:
    """Give the mean adjusted Rand index between the fit on all points and fits on bootstrap samples of them.

    Each fit assigns all points; 1 means that leaving some customers out and counting others twice changes nothing.
    """
    reference = fit_groups(points, method, k, seed).labels(points)
    draw = np.random.default_rng(seed)
    agreements = []
    for number in range(bootstraps):
        rows = points[draw.integers(0, len(points), len(points))]
        again = fit_groups(rows, method, k, seed + number, starts=3).labels(points)
        agreements.append(float(adjusted_rand_score(reference, again)))
    return float(np.mean(agreements))


def explained(labels: Labels, values: Floats) -> float:
    """Give the share of the variance of values that the groups explain (eta squared), 0..1."""
    whole = float(((values - values.mean()) ** 2).sum()) if len(values) else 0.0
    if whole == 0:
        return 0.0
    within = sum(float(((values[labels == g] - values[labels == g].mean()) ** 2).sum()) for g in np.unique(labels))
    return 1 - within / whole
