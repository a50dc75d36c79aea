"""How many segments: the number that the data itself supports, measured.

The rule
--------
1. Candidates are k = 3 … 7.
2. For each, K-Means on places is fitted and measured: silhouette (how clear-cut), stability (mean adjusted Rand index
   between the fit on all customers and fits on bootstrap samples, each assigning all customers), smallest share.
3. A candidate counts when its smallest share is at least 5 % and its stability at least 0.8: a segment that falls apart
   when some customers are left out is an accident, and one too small is no group to speak to.
4. Of those that count, the one with the largest silhouette + stability; of equals, the smaller k.
   If none counts, the most stable of those with large enough shares; else k = 2.

Silhouette alone would always take the fewest groups, and can be raised at will by features of which a few big
spenders are outliers; that is why it is never judged alone.

With fewer than 50 customers there is not enough to measure: two segments from 20 customers on, otherwise one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

from analytics.segmentation.ranks import Floats

CANDIDATES = (3, 4, 5, 6, 7)
SMALLEST_SHARE = 0.05
STABLE = 0.8
FEWEST_TO_MEASURE = 50
FEWEST_FOR_TWO = 20
BOOTSTRAPS = 20
#: Above this many customers a sample of them decides on k; the model is fitted on all.
SAMPLE = 20_000
_SILHOUETTE_SAMPLE = 5_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """The measures of one k: silhouette -1..1, stability up to 1, smallest share 0..1."""

    k: int
    silhouette: float
    stability: float
    smallest_share: float

    @property
    def counts(self) -> bool:
        """Whether it passes rule 3."""
        return self.smallest_share >= SMALLEST_SHARE and self.stability >= STABLE


def choose(points: Floats, seed: int, measured: Callable[[int], None]) -> tuple[int, list[Candidate]]:
    """Choose k by the rule above.

    Parameters
    ----------
    points : one row per customer, in the space in which segments are looked for.
    seed : draws bootstraps and starts.
    measured : called with each k when it is done.

    Returns
    -------
    k, and the measures of every candidate (none for few customers).
    """
    different = len(np.unique(points, axis=0))
    if len(points) < FEWEST_TO_MEASURE or different <= max(CANDIDATES):
        return (2 if len(points) >= FEWEST_FOR_TWO and different >= 2 else 1), []
    draw = np.random.default_rng(seed)
    if len(points) > SAMPLE:
        points = points[draw.choice(len(points), SAMPLE, replace=False)]
    candidates = []
    for k in CANDIDATES:
        candidates.append(measure(points, k, seed))
        measured(k)
    return _best(candidates), candidates


def measure(points: Floats, k: int, seed: int, bootstraps: int = BOOTSTRAPS) -> Candidate:
    """Measure one k on points in any space; for comparing feature sets too."""
    reference = KMeans(k, n_init=10, random_state=seed).fit(points)
    draw = np.random.default_rng(seed)
    agreements = []
    for index in range(bootstraps):
        rows = points[draw.integers(0, len(points), len(points))]
        again = KMeans(k, n_init=3, random_state=seed + index).fit(rows).predict(points)
        agreements.append(float(adjusted_rand_score(reference.labels_, again)))
    sample = min(_SILHOUETTE_SAMPLE, len(points))
    silhouette = silhouette_score(points, reference.labels_, sample_size=sample, random_state=seed)
    share = np.bincount(reference.labels_, minlength=k).min() / len(points)
    return Candidate(k, float(silhouette), float(np.mean(agreements)), float(share))


def _best(candidates: list[Candidate]) -> int:
    counting = [candidate for candidate in candidates if candidate.counts]
    if counting:
        return max(counting, key=lambda candidate: (candidate.silhouette + candidate.stability, -candidate.k)).k
    large = [candidate for candidate in candidates if candidate.smallest_share >= SMALLEST_SHARE]
    return max(large, key=lambda candidate: candidate.stability).k if large else 2
