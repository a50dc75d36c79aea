"""Segments of a large shop, straight from the feature table: found in a sample, given to everybody, array by array."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics import columns as c
from analytics.segmentation.figures import HABITS, Columns
from analytics.segmentation.fitting import fit_model
from analytics.segmentation.model import SegmentModel
from analytics.segmentation.ranks import Floats
from analytics.segmentation.spaces import habits_space

#: So many customers tell the middles of segments as well as all do.
SAMPLE = 50_000
#: Distances of so many are held at once.
_PIECE = 100_000


def columns_of_table(features: pa.Table | pa.RecordBatch) -> dict[str, Floats]:
    """Give the columns that segments are found in; NaN where a customer has none."""
    return {name: np.asarray(features[name], dtype=np.float64) for name in (*c.RFM, *HABITS)}


def fit_on_sample(columns: Columns, k: int, seed: int) -> SegmentModel:
    """Find k segments among habits in a sample of the customers.

    Parameters
    ----------
    columns : of all customers.
    k : number of segments.
    seed : draws the sample and the starts.
    """
    customers = len(columns[c.MONETARY])
    if customers > SAMPLE:
        rows = np.sort(np.random.default_rng(seed).choice(customers, SAMPLE, replace=False))
        columns = {name: values[rows] for name, values in columns.items()}
    return fit_model(columns, habits_space(columns), k, seed)


def assign_table(model: SegmentModel, columns: Columns) -> NDArray[np.int64]:
    """Give the segment id of every customer, in memory that does not grow with their number."""
    customers = len(columns[c.MONETARY])
    pieces = [
        model.assign_all({name: values[start : start + _PIECE] for name, values in columns.items()})
        for start in range(0, customers, _PIECE)
    ]
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64)
