"""The segment model: a space and the middles of the segments in it. One customer costs microseconds to place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.segmentation.figures import Columns
from analytics.segmentation.ranks import Floats
from analytics.segmentation.space import Numbers, Space, space_from

#: Name in the artifact registry.
ARTIFACT = "segments"


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentModel:
    """Middles of segments in a space.

    `ids` : of each segment, ascending; a segment keeps its id over rebuilds, an id is never given twice.
    `middles` : one row per segment, in the order of `ids`.
    `narrowness` : how much a step in each dimension counts for each segment (1 ÷ variance in a mixture); none: 1.
    `offsets` : added to the squared distance of each segment (rarer and wider ones are further off); none: 0.
    """

    space: Space
    ids: tuple[int, ...]
    middles: tuple[Numbers, ...]
    narrowness: tuple[Numbers, ...] = ()
    offsets: Numbers = ()

    @property
    def segment_ids(self) -> tuple[int, ...]:
        """The ids, in the order of the distances."""
        return self.ids

    def distances(self, figures: Mapping[str, float]) -> list[float]:
        """Give how far one customer is from each segment.

        Parameters
        ----------
        figures : by the names of `analytics.columns`; those of `space.figures` are read. One that is missing reads as
            the shop's middle one, and missing days between orders as the longest.

        Returns
        -------
        Distances, 0 or more, one per segment in the order of `ids`; the nearest is hers.
        """
        point = self.space.point(figures)
        if not self.narrowness:
            return [math.dist(point, middle) for middle in self.middles]
        return [
            math.sqrt(plus + sum(n * (a - b) ** 2 for a, b, n in zip(point, middle, narrow, strict=True)))
            for middle, narrow, plus in zip(self.middles, self.narrowness, self.offsets, strict=True)
        ]

    def assign(self, figures: Mapping[str, float]) -> int:
        """Give the id of the segment that is nearest to one customer."""
        distances = self.distances(figures)
        return self.ids[distances.index(min(distances))]

    def distances_all(self, columns: Columns) -> Floats:
        """Give the distances of all customers: one row each, one column per segment."""
        return self.distances_of(self.space.points(columns))

    def distances_of(self, points: Floats) -> Floats:
        """Give the distances of points in the space."""
        return distances_to(points, self.middles, self.narrowness, self.offsets)

    def assign_all(self, columns: Columns) -> NDArray[np.int64]:
        """Give the segment id of every customer."""
        return np.asarray(np.array(self.ids)[self.distances_all(columns).argmin(axis=1)], dtype=np.int64)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Give the model as arrays for the artifact registry."""
        return {
            **self.space.to_arrays(),
            "ids": np.array(self.ids, dtype=np.int64),
            "middles": np.array(self.middles),
            "narrowness": np.array(self.narrowness),
            "offsets": np.array(self.offsets),
        }


def from_arrays(arrays: Mapping[str, NDArray[Any]]) -> SegmentModel:
    """Give back the model that `to_arrays` packed."""
    return SegmentModel(
        space=space_from(arrays),
        ids=tuple(arrays["ids"].tolist()),
        middles=tuple(map(tuple, arrays["middles"].tolist())),
        narrowness=tuple(map(tuple, arrays["narrowness"].tolist())),
        offsets=tuple(arrays["offsets"].tolist()),
    )


def distances_to(
    points: Floats, middles: tuple[Numbers, ...], narrowness: tuple[Numbers, ...] = (), offsets: Numbers = ()
) -> Floats:
    """Give the distance of each point (row) to each middle (column), as `SegmentModel.distances` does."""
    columns = []
    for number, middle in enumerate(middles):
        squares = (points - np.array(middle)) ** 2
        if narrowness:
            columns.append(squares @ np.array(narrowness[number]) + offsets[number])
        else:
            columns.append(squares.sum(axis=1))
    return np.asarray(np.sqrt(np.column_stack(columns)), dtype=np.float64)
