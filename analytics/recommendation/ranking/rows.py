"""Sparse rows as plain arrays: added up over many rows in a few calls of NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Rows of a dense matrix that are sorted at once.
_BLOCK = 256
#: Rows are filled up to one length where that takes at most so many times their memory.
_MOST_FILLED = 3


class Picked(NamedTuple):
    """The entries of some rows, one row after the other: columns, values, how many each row has."""

    columns: NDArray[Any]
    values: NDArray[np.float32]
    counts: NDArray[np.int64]

    def times(self, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Give the values, each times the weight of its row."""
        return self.values * weights.repeat(self.counts)


@dataclass(frozen=True, eq=False)
class Rows:
    """A matrix by rows (CSR): row r has `values` at `columns`, both from starts[r] to starts[r + 1]."""

    starts: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.float32]
    width: int

    @classmethod
    def of(cls, matrix: Any) -> Rows:
        """Take the arrays of a SciPy sparse matrix."""
        csr = matrix.tocsr()
        return cls(csr.indptr.astype(np.int64), csr.indices.astype(np.int32), csr.data.astype(np.float32), csr.shape[1])

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def _filled(self) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.float32]] | None:
        """Rows of one length, filled up with nothing at column 0: (place of each, -1 for empty ones, columns, values).

        Whole rows are copied three times as quickly as single entries. None where filling up takes too much memory.
        """
        counts = np.diff(self.starts)
        some, most = np.flatnonzero(counts), int(counts.max(initial=0))
        if len(some) * most > _MOST_FILLED * len(self.values):
            return None
        place = np.full(len(self), -1, np.intp)
        place[some] = np.arange(len(some))
        columns, values = np.zeros((len(some), most), np.int32), np.zeros((len(some), most), np.float32)
        inside = np.flatnonzero(np.arange(most) < counts[some][:, None])
        columns.reshape(-1)[inside], values.reshape(-1)[inside] = self.columns, self.values
        return place, columns, values

    def picked(self, rows: NDArray[Any]) -> Picked:
        """Give the entries of some rows."""
        begins = self.starts[rows]
        counts = self.starts[rows + 1] - begins
        offsets = np.repeat(begins - np.cumsum(counts) + counts, counts)
        offsets += np.arange(len(offsets))
        return Picked(self.columns.take(offsets), self.values.take(offsets), counts)

    def entries(self, rows: NDArray[Any]) -> Picked:
        """Give the entries of some rows to add up, or to compare, with entries of value 0 between them."""
        if self._filled is None:
            return self.picked(rows)
        place, columns, values = self._filled
        at = place[rows]
        there = at >= 0
        some = at[there]
        return Picked(columns[some].ravel(), values[some].ravel(), there * columns.shape[1])

    def combined(self, rows: NDArray[Any], weights: NDArray[np.float32]) -> NDArray[np.float64]:
        """Give the weighted sum of rows as a dense array, (width,)."""
        return self.added(self.entries(rows), weights)

    def added(self, picked: Picked, weights: NDArray[np.float32]) -> NDArray[np.float64]:
        """Give the weighted sum of rows that were picked, (width,)."""
        return np.asarray(np.bincount(picked.columns, picked.times(weights), self.width), np.float64)


def strongest(matrix: Any, most: int) -> Rows:
    """Keep the `most` entries of each row that are furthest from zero, of a sparse or dense matrix."""
    found = _of_dense(matrix, most) if isinstance(matrix, np.ndarray) else _of_sparse(matrix.tocsr(), most)
    counts = [len(columns) for columns, _ in found]
    return Rows(
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.concatenate([np.empty(0, np.int32), *(columns for columns, _ in found)], dtype=np.int32),
        np.concatenate([np.empty(0, np.float32), *(values for _, values in found)], dtype=np.float32),
        matrix.shape[1],
    )


def _of_dense(matrix: NDArray[Any], most: int) -> list[tuple[NDArray[Any], NDArray[Any]]]:
    found = []
    for start in range(0, len(matrix), _BLOCK):
        block = matrix[start : start + _BLOCK]
        size = np.abs(block)
        some = np.argpartition(-size, most, axis=1)[:, :most] if matrix.shape[1] > most else None
        for row, values in enumerate(block):
            at = np.flatnonzero(values) if some is None else some[row][size[row][some[row]] > 0]
            found.append((at, values[at]))
    return found


def _of_sparse(matrix: Any, most: int) -> list[tuple[NDArray[Any], NDArray[Any]]]:
    found = []
    for begin, end in pairwise(matrix.indptr.tolist()):
        at, values = matrix.indices[begin:end], matrix.data[begin:end]
        size = np.abs(values)
        some = np.argpartition(-size, most)[:most] if len(size) > most else np.arange(len(size))
        some = some[size[some] > 0]
        found.append((at[some], values[some]))
    return found


def stacked(blocks: Sequence[Rows], width: int) -> Rows:
    """Put blocks of rows under each other."""
    counts = np.concatenate([np.empty(0, np.int64), *(np.diff(block.starts) for block in blocks)])
    return Rows(
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.concatenate([np.empty(0, np.int32), *(block.columns for block in blocks)]),
        np.concatenate([np.empty(0, np.float32), *(block.values for block in blocks)]),
        width,
    )
