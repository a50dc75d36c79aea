"""Segments of more customers than one machine's memory holds: K-Means by Spark MLlib, in the same spaces.

A space is fitted in a sample, like everywhere; points and middles are computed where the customers are. The executors
need this package installed.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyarrow as pa

from analytics import columns as c
from analytics.segmentation.at_scale import columns_of_table
from analytics.segmentation.figures import HABITS, Columns
from analytics.segmentation.model import SegmentModel
from analytics.segmentation.space import Space

#: Customers whose figures are collected to fit a space.
SAMPLE = 100_000
#: Starts that are tried; the one with the least distances wins.
_STARTS = 5
_POINT, _SEGMENT = "point", "segment"


def sample_customers(features: Any, seed: int) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Collect customers and the columns that segments are found in, of a sample, by id.

    Parameters
    ----------
    features : Spark frame with the customers' ids and figures, named by `analytics.columns`.
    seed : draws the sample.
    """
    table = _sampled(features.select(c.CUSTOMER_ID, *c.RFM, *HABITS), seed).sort_by(c.CUSTOMER_ID)
    return tuple(table[c.CUSTOMER_ID].to_pylist()), columns_of_table(table)


def _sampled(features: Any, seed: int) -> pa.Table:
    customers = features.count()
    return (features if customers <= SAMPLE else features.sample(fraction=SAMPLE / customers, seed=seed)).toArrow()


def fit_with_spark(features: Any, space: Space, k: int, seed: int) -> SegmentModel:
    """Fit K-Means on all customers of a frame.

    Parameters
    ----------
    features : as in `sample_customers`.
    space : fitted on a sample of them.
    k : number of segments.
    seed : the same seed on the same figures and partitions gives the same model.

    Returns
    -------
    SegmentModel
        As `fitting.fit_model` gives: segment 1 is the one whose members spend most.
    """
    with without_pandas():
        return _fitted(features, space, k, seed)


@contextmanager
def without_pandas() -> Iterator[None]:
    """Keep Spark from warning of every newer pandas: no pandas takes part here."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        yield


def _fitted(features: Any, space: Space, k: int, seed: int) -> SegmentModel:
    from pyspark.ml.clustering import KMeans  # noqa: PLC0415  (an extra)
    from pyspark.ml.functions import array_to_vector  # noqa: PLC0415

    points = points_of(features, space)
    points = points.withColumn(_POINT, array_to_vector(points[_POINT])).cache()
    tries = []
    for start in range(_STARTS):
        trainer = KMeans(k=k, seed=seed + start, maxIter=100, tol=1e-6, featuresCol=_POINT, predictionCol=_SEGMENT)
        fitted = trainer.fit(points)
        tries.append((fitted.summary.trainingCost, start, fitted))
    best = min(tries, key=lambda one: one[:2])[2]
    spent = {row[0]: row[1] for row in best.transform(points).groupBy(_SEGMENT).avg(c.MONETARY).collect()}
    points.unpersist()
    middles = best.clusterCenters()
    order = sorted(spent, key=lambda group: (-spent[group], group))
    return SegmentModel(
        space=space,
        ids=tuple(range(1, len(order) + 1)),
        middles=tuple(tuple(float(value) for value in middles[group]) for group in order),
    )


def points_of(features: Any, space: Space) -> Any:
    """Give each customer's money and point in the space, computed by the executors in batches."""
    names = tuple(dict.fromkeys((*space.figures, c.MONETARY)))

    def placed(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            columns: Columns = {name: np.asarray(batch.column(name), dtype=np.float64) for name in names}
            points = space.points(columns)
            yield pa.record_batch([batch.column(c.MONETARY), pa.array(list(points))], names=[c.MONETARY, _POINT])

    return features.select(*names).mapInArrow(placed, f"{c.MONETARY} double, {_POINT} array<double>")


def assigned(members: Any, model: SegmentModel) -> Any:
    """Give a frame of customers (`stored.STORED`) with each one's `segment`, computed by the executors in batches."""
    names = members.columns

    def placed(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            columns = columns_of_table(batch)
            segments = pa.array(model.assign_all(columns) if batch.num_rows else [], pa.int64())
            yield pa.record_batch([segments, *batch.columns], names=["segment", *names])

    kinds = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in members.schema)
    return members.mapInArrow(placed, f"segment bigint, {kinds}")
