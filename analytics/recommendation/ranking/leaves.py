"""Trained trees asked for all rows at once, by array operations alone: no path is followed in any tree."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: Bits of LightGBM's `decision_type`: unknown values go left, and what counts as unknown (0: nothing, they are zeros).
_UNKNOWN_LEFT, _UNKNOWN_SHIFT = 2, 2
#: What an unknown value is read as: one that always goes right, one that always goes left, or zero.
_READ_AS = (np.inf, -np.inf, 0.0)
#: Numbers up to this are nothing to LightGBM.
_NEXT_TO_NOTHING = np.float32(1e-35)
_WORDS = (np.uint16, np.uint32, np.uint64)


class Leaves:
    """The sum of the leaves a row falls into (QuickScorer: Lucchese et al., SIGIR 2015).

    A split that sends a row to the right rules out the leaves on its left. The first leaf that no split of its tree
    rules out is where the row arrives.
    """

    def __init__(self, text: str) -> None:
        """Read trees as LightGBM writes them.

        Raises
        ------
        ValueError
            A tree has more than 64 leaves.
        """
        trees = [_fields(block) for block in text.split("\nTree=")[1:]]
        most = max((len(tree["leaf_value"]) for tree in trees), default=1)
        if most > _WORDS[-1](0).nbytes * 8:
            raise ValueError(f"A tree has {most} leaves; 64 at most can be read.")
        word = next(word for word in _WORDS if most <= word(0).nbytes * 8)
        shape = (max(most - 1, 1), len(trees))  # splits of a tree × trees; one that is missing sends nobody right
        self._column = np.zeros(shape, np.intp)
        self._threshold, self._ruled_out = np.full(shape, np.inf, np.float32), np.zeros(shape, word)
        self._values = np.zeros((len(trees), most))
        self._begins = (np.arange(len(trees)) * most)[:, None]
        for place, tree in enumerate(trees):
            self._read(place, tree)

    def _read(self, place: int, tree: Mapping[str, NDArray[np.float64]]) -> None:
        splits = len(tree["leaf_value"]) - 1
        order: list[int] = []
        if splits:
            kind = tree["decision_type"].astype(int)
            read_as = np.where(kind >> _UNKNOWN_SHIFT, (kind & _UNKNOWN_LEFT) // _UNKNOWN_LEFT, _READ_AS.index(0.0))
            self._column[:splits, place] = tree["split_feature"].astype(int) * len(_READ_AS) + read_as
            self._threshold[:splits, place] = _rounded_down(tree["threshold"])
            self._ruled_out[:splits, place] = _left_of(tree["left_child"], tree["right_child"], order)
        self._values[place, : splits + 1] = tree["leaf_value"][order or [0]]

    def total(self, features: Floats) -> NDArray[np.float64]:
        """Give the sum over all trees, (rows,); nan is an unknown value."""
        rows, width = features.shape
        columns = np.empty((width, len(_READ_AS), rows), np.float32)
        columns[:] = features.T[:, None]
        unknown = np.isnan(columns[:, 0])
        for place, value in enumerate(_READ_AS):
            columns[:, place][unknown] = value
        at_split = columns.reshape(width * len(_READ_AS), rows).take(self._column.ravel(), axis=0)
        right = at_split > self._threshold.reshape(-1, 1)
        out = np.multiply(right, self._ruled_out.reshape(-1, 1), dtype=self._ruled_out.dtype)
        out = np.bitwise_or.reduce(out.reshape(*self._ruled_out.shape, rows), axis=0)
        first = np.bitwise_count(out & ~(out + out.dtype.type(1)))  # ones behind the last zero
        return np.asarray(self._values.take(first + self._begins).sum(axis=0), np.float64)


def _fields(block: str) -> dict[str, NDArray[np.float64]]:
    pairs = (line.split("=", 1) for line in block.splitlines() if "=" in line)
    wanted = {"leaf_value", "left_child", "right_child", "split_feature", "threshold", "decision_type"}
    return {name: np.array(value.split(), np.float64) for name, value in pairs if name in wanted}


def _left_of(left: NDArray[np.float64], right: NDArray[np.float64], order: list[int]) -> list[int]:
    """Give for each split the leaves on its left as bits; `order` receives the leaves from left to right."""
    below = [0] * len(left)

    def walk(node: int) -> int:
        if node < 0:
            order.append(~node)
            return 1 << (len(order) - 1)
        below[node] = walk(int(left[node]))
        return below[node] | walk(int(right[node]))

    walk(0)
    return below


def _rounded_down(thresholds: NDArray[np.float64]) -> Floats:
    """Give the greatest short number up to each threshold: short numbers compare with it as with the threshold.

    LightGBM reads numbers next to nothing as zeros, so that none of them goes left where only negative ones do.
    """
    short = thresholds.astype(np.float32)
    below = np.nextafter(short, np.float32(-np.inf))
    return np.where((short > thresholds) | (short == -_NEXT_TO_NOTHING), below, short).astype(np.float32)
