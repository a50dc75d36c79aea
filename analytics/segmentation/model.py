"""The segment model: grids and centroids. Assigning one customer costs microseconds, so a new order can move her."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans

from analytics.columns import RFM
from analytics.segmentation.ranks import Floats, fit_grid, place, places

#: Name in the artifact registry.
ARTIFACT = "segments"


@dataclass(frozen=True, slots=True)
class SegmentModel:
    """Centroids among places.

    `grids` : one ascending grid for each figure of `RFM`.
    `centroids` : one row per segment, places 0..1; row 0 is segment 1, the one that spends most.
    """

    grids: tuple[tuple[float, ...], ...]
    centroids: tuple[tuple[float, ...], ...]

    @property
    def segment_ids(self) -> range:
        """The ids, from 1."""
        return range(1, len(self.centroids) + 1)

    def assign(self, recency_days: float, frequency: float, monetary: float) -> int:
        """Give the segment of one customer.

        Parameters
        ----------
        recency_days : days since the last order.
        frequency, monetary : orders and money spent in all.
        """
        figures = (recency_days, frequency, monetary)
        point = [place(value, grid) for value, grid in zip(figures, self.grids, strict=True)]
        distances = [
            sum((ours - theirs) ** 2 for ours, theirs in zip(point, centroid, strict=True))
            for centroid in self.centroids
        ]
        return distances.index(min(distances)) + 1

    def assign_all(self, figures: Floats) -> NDArray[np.int64]:
        """Give the segment of every row of (recency, frequency, money)."""
        points = np.column_stack([places(figures[:, i], np.array(grid)) for i, grid in enumerate(self.grids)])
        squares = ((points[:, None, :] - np.array(self.centroids)[None, :, :]) ** 2).sum(axis=2)
        return np.asarray(squares.argmin(axis=1) + 1, dtype=np.int64)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Give the model as arrays for the artifact registry."""
        arrays: dict[str, NDArray[Any]] = {
            f"grid_{name}": np.array(grid) for name, grid in zip(RFM, self.grids, strict=True)
        }
        return {**arrays, "centroids": np.array(self.centroids)}


def from_arrays(arrays: Mapping[str, NDArray[Any]]) -> SegmentModel:
    """Give back the model that `to_arrays` packed."""
    grids = tuple(tuple(float(value) for value in arrays[f"grid_{name}"]) for name in RFM)
    return SegmentModel(grids, tuple(tuple(float(value) for value in row) for row in arrays["centroids"]))


def fit_model(figures: Floats, k: int, seed: int) -> SegmentModel:
    """Fit K-Means on places.

    Parameters
    ----------
    figures : one row per customer: recency in days, orders, money spent; finite.
    k : number of segments, at most the number of different rows.
    seed : the same seed on the same figures gives the same model.
    """
    grids = [fit_grid(figures[:, column]) for column in range(figures.shape[1])]
    points = to_places(figures, grids)
    centroids = KMeans(k, n_init=10, random_state=seed).fit(points).cluster_centers_
    # Ids follow the money, so that a rebuild on similar data gives similar groups the same ids.
    order = np.argsort(-centroids[:, RFM.index("monetary")], kind="stable")
    return SegmentModel(
        tuple(tuple(grid.tolist()) for grid in grids), tuple(tuple(row) for row in centroids[order].tolist())
    )


def to_places(figures: Floats, grids: list[Floats]) -> Floats:
    """Give all figures as places."""
    return np.column_stack([places(figures[:, column], grid) for column, grid in enumerate(grids)])
