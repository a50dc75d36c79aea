"""How high a score must be to be among the best of a row, found without sorting the row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def least_of_best(rows: NDArray[np.float32], most: int, stripe: int) -> NDArray[np.float32]:
    """Give a bound, (rows,), that each of the `most` highest of a row reaches, and few others do.

    The `most` highest of the peaks of a row's stripes are as many scores, so the lowest of them is such a bound.

    Parameters
    ----------
    rows : (rows × scores). most : 1 or more.
    stripe : scores of which the highest is a peak. Where that makes fewer than `most` stripes the bound is -inf.
    """
    height, width = rows.shape
    stripes = width // stripe
    if stripes < most:
        return np.full(height, -np.inf, np.float32)
    peaks = rows[:, : stripes * stripe].reshape(height, stripe, stripes).max(axis=1)
    peaks.partition(stripes - most, axis=1)
    return np.asarray(peaks[:, stripes - most], np.float32)
