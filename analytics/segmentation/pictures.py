"""Segments in pictures: the map of customers, and the tree of who is like whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.cluster.hierarchy import dendrogram, fcluster, linkage

from analytics.segment_records import Dendrogram, MapPoint, SegmentMap
from analytics.segmentation.measures import Labels
from analytics.segmentation.model import SegmentModel
from analytics.segmentation.ranks import Floats

#: Customers on the map, and in the tree.
_ON_MAP, _IN_TREE = 400, 1_000
#: Leaves of the tree: more cannot be read.
_LEAVES = 16
#: An axis is called after the dimensions that weigh at least this share of its heaviest.
_HEAVY = 0.6


def draw_map(model: SegmentModel, points: Floats, assigned: Labels, ids: Sequence[str], seed: int) -> SegmentMap | None:
    """Lay customers into the plane in which they differ most; None where they do not differ in two directions."""
    if points.shape[1] < 2 or len(points) < 3:
        return None
    middle = points.mean(axis=0)
    _, sizes, axes = np.linalg.svd(points - middle, full_matrices=False)
    whole = float((sizes**2).sum())
    if whole == 0:
        return None
    # Turned so that the heaviest dimension points right and up: the same customers are always drawn the same way.
    plane = np.array([axis * np.sign(axis[np.abs(axis).argmax()]) for axis in axes[:2]])
    rows = np.sort(np.random.default_rng(seed).permutation(len(points))[:_ON_MAP])
    placed = (points[rows] - middle) @ plane.T
    middles = (np.array(model.middles) - middle) @ plane.T
    return SegmentMap(
        x_title=_title(plane[0], model.space.axes),
        y_title=_title(plane[1], model.space.axes),
        x_share=round(float(sizes[0] ** 2 / whole), 4),
        y_share=round(float(sizes[1] ** 2 / whole), 4),
        points=tuple(
            MapPoint(x=round(x, 4), y=round(y, 4), segment_id=int(assigned[row]), customer_id=ids[row])
            for row, (x, y) in zip(rows.tolist(), placed.tolist(), strict=True)
        ),
        middles=tuple(
            MapPoint(x=round(x, 4), y=round(y, 4), segment_id=segment)
            for segment, (x, y) in zip(model.ids, middles.tolist(), strict=True)
        ),
    )


def draw_tree(points: Floats, assigned: Labels, seed: int) -> Dendrogram | None:
    """Join customers by Ward's linkage and keep the top of the tree; None where there are too few for one."""
    rows = np.arange(len(points))
    if len(points) > _IN_TREE:
        rows = np.random.default_rng(seed).choice(len(points), _IN_TREE, replace=False)
    if len(np.unique(points[rows], axis=0)) < _LEAVES:
        return None
    small = fcluster(linkage(points[rows], "ward"), _LEAVES, "maxclust")
    leaves = np.unique(small)
    middles = np.array([points[rows][small == leaf].mean(axis=0) for leaf in leaves])
    sizes = [int((small == leaf).sum()) for leaf in leaves]
    merges = _joined(middles, sizes)
    drawn = dendrogram(np.array([(*merge, 0) for merge in merges], dtype=float), no_plot=True)["leaves"]
    place = {leaf: number for number, leaf in enumerate(drawn)}
    count = len(leaves)
    return Dendrogram(
        leaf_sizes=tuple(sizes[leaf] for leaf in drawn),
        leaf_segments=tuple(int(np.bincount(assigned[rows][small == leaves[leaf]]).argmax()) for leaf in drawn),
        merges=tuple(
            (place.get(left, left) if left < count else left, place.get(right, right) if right < count else right,
             round(height, 4))
            for left, right, height in merges
        ),
    )  # fmt: skip


def _joined(middles: Floats, sizes: Sequence[int]) -> list[tuple[int, int, float]]:
    """Join groups by Ward: always the two whose union is least spread, until one is left; heights never fall."""
    groups = {number: (middles[number], size) for number, size in enumerate(sizes)}
    merges: list[tuple[int, int, float]] = []
    while len(groups) > 1:
        numbers = sorted(groups)
        left, right = min(
            ((a, b) for place, a in enumerate(numbers) for b in numbers[place + 1 :]),
            key=lambda pair: _apart(groups[pair[0]], groups[pair[1]]),
        )
        (one, size), (other, more) = groups.pop(left), groups.pop(right)
        height = _apart((one, size), (other, more))
        groups[len(sizes) + len(merges)] = ((one * size + other * more) / (size + more), size + more)
        merges.append((left, right, height))
    return merges


def _apart(one: tuple[Floats, int], other: tuple[Floats, int]) -> float:
    """Ward's distance of two groups: sqrt(2 n m ÷ (n + m)) × the distance of their middles."""
    n, m = one[1], other[1]
    return float(np.sqrt(2 * n * m / (n + m)) * np.linalg.norm(one[0] - other[0]))


def _title(axis: Floats, names: Sequence[str]) -> str:
    heavy = np.abs(axis) >= _HEAVY * np.abs(axis).max()
    named = [name for name, weighs in zip(names, heavy, strict=True) if weighs]
    return ", ".join(word for name in named for word in name.replace("_", " ").split("+"))
