"""Figures to their place among all customers: 0 for the least, 1 for the most, equal for equal values.

Recency, frequency and money are heavily skewed. Scaled by mean and deviation a handful of big spenders make clusters
of their own; by place, every part of the range counts alike.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Points kept of each figure's distribution.
GRID = 257


def fit_grid(values: Floats) -> Floats:
    """Give the quantiles of a figure, ascending, at most `GRID` of them.

    Parameters
    ----------
    values : one figure of all customers, finite, not empty.
    """
    return np.quantile(values, np.linspace(0.0, 1.0, min(GRID, max(2, len(values)))))


def places(values: Floats, grid: Floats) -> Floats:
    """Give each value's place on the grid, 0..1; a value that fills several points gets their middle."""
    low = np.searchsorted(grid, values, side="left")
    high = np.searchsorted(grid, values, side="right")
    right = np.clip(low, 1, len(grid) - 1)
    step = grid[right] - grid[right - 1]
    within = np.clip(values, grid[0], grid[-1])  # far outside of a tiny step the share would be beyond all numbers
    share = np.divide(within - grid[right - 1], step, out=np.zeros_like(values, dtype=np.float64), where=step > 0)
    last = len(grid) - 1
    between: Any = np.where(low > last, last, right - 1 + share)
    position = np.where(high > low, (low + high - 1) / 2, between)
    return np.asarray(np.clip(position, 0, last) / last, dtype=np.float64)


def place(value: float, grid: Sequence[float]) -> float:
    """Give one value's place, as `places` does, in about a microsecond: no arrays are made."""
    last = len(grid) - 1
    low = bisect_left(grid, value)
    if low <= last and grid[low] == value:
        return (low + bisect_right(grid, value, low) - 1) / 2 / last
    if low == 0:
        return 0.0
    if low > last:
        return 1.0
    return (low - 1 + (value - grid[low - 1]) / (grid[low] - grid[low - 1])) / last
