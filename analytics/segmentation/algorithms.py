"""Three ways to find groups; each gives middles, so that one customer is placed the same quick way by all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

from analytics.segmentation.model import distances_to
from analytics.segmentation.ranks import Floats
from analytics.segmentation.space import Numbers

Method = Literal["kmeans", "ward", "mixture"]
METHODS: tuple[Method, ...] = ("kmeans", "ward", "mixture")
#: Ward's linkage compares all pairs: beyond so many customers, a sample of them.
WARD_SAMPLE = 1_000
#: Added to variances in a mixture, so that customers who are all alike do not make it collapse.
_REGULAR = 1e-4


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups in a space: `middles`, and for a mixture `narrowness` and `offsets` as `SegmentModel` has them."""

    middles: tuple[Numbers, ...]
    narrowness: tuple[Numbers, ...] = ()
    offsets: Numbers = ()

    def labels(self, points: Floats) -> NDArray[np.int64]:
        """Give the number of the nearest group of each point, from 0."""
        nearest = distances_to(points, self.middles, self.narrowness, self.offsets).argmin(axis=1)
        return np.asarray(nearest, dtype=np.int64)


def fit_groups(points: Floats, method: Method, k: int, seed: int, starts: int = 10) -> Groups:
    """Find k groups.

    Parameters
    ----------
    points : one row per customer; at least k different ones.
    method : "kmeans"; "ward", the hierarchy cut at k groups (on a sample of large shops); "mixture", k Gaussians whose
        axes are the space's.
    starts : of K-Means, the best of so many is kept.
    """
    if method == "ward":
        return _ward(points, k, seed)
    if method == "mixture":
        return _mixture(points, k, seed)
    middles = KMeans(k, n_init=starts, random_state=seed).fit(points).cluster_centers_
    return Groups(tuple(map(tuple, middles.tolist())))


def sampled(points: Floats, most: int, seed: int) -> Floats:
    """Give at most so many of the points, drawn without repeating."""
    if len(points) <= most:
        return points
    return np.asarray(points[np.random.default_rng(seed).choice(len(points), most, replace=False)], dtype=np.float64)


def _ward(points: Floats, k: int, seed: int) -> Groups:
    some = sampled(points, WARD_SAMPLE, seed)
    labels = fcluster(linkage(some, "ward"), k, "maxclust")
    return Groups(tuple(tuple(some[labels == label].mean(axis=0).tolist()) for label in np.unique(labels)))


def _mixture(points: Floats, k: int, seed: int) -> Groups:
    fitted = GaussianMixture(
        k, covariance_type="diag", reg_covar=_REGULAR, random_state=seed, max_iter=300, tol=1e-3
    ).fit(points)
    # -2 log of weight × density, but for what is the same for all groups: largest density is smallest distance.
    offsets = np.log(fitted.covariances_).sum(axis=1) - 2 * np.log(fitted.weights_)
    return Groups(
        tuple(map(tuple, fitted.means_.tolist())),
        tuple(map(tuple, (1 / fitted.covariances_).tolist())),
        tuple((offsets - offsets.min()).tolist()),
    )
