"""K-Means by Spark finds the segments that scikit-learn finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics import columns as c
from analytics.segmentation.engines import summaries_of, summaries_with_spark
from analytics.segmentation.figures import HABITS
from analytics.segmentation.fitting import fit_model
from analytics.segmentation.spaces import habits_space
from analytics.segmentation.spark import fit_with_spark, sample_columns
from analytics.segmentation.stored import stored_members
from store.memory import memory_database
from tests.support.segment_members import features_in, random_features
from tests.support.spark import spark_session

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with spark_session() as session:
        yield session


def test_the_middles_are_those_of_scikit_learn(spark: Any, tmp_path: Path) -> None:
    draw = np.random.default_rng(0)
    groups = np.repeat([0, 1, 2], 40)
    columns = {name: 10.0 * (1 + groups) + draw.random(120) for name in (*c.RFM, *HABITS)}
    columns[c.DAYS_BETWEEN_ORDERS][::30] = np.nan  # a single order has none
    pq.write_table(
        pa.table({name: pa.array(of, from_pandas=True) for name, of in columns.items()}), tmp_path / "f.parquet"
    )
    features = spark.read.parquet(str(tmp_path / "f.parquet"))
    sampled = sample_columns(features, seed=0)
    assert all(np.array_equal(sampled[name], columns[name], equal_nan=True) for name in columns)
    space = habits_space(sampled)
    ours, theirs = fit_model(columns, space, 3, seed=0), fit_with_spark(features, space, 3, seed=0)
    assert theirs.ids == (1, 2, 3)
    assert np.allclose(theirs.middles, ours.middles, atol=1e-6)
    assert np.array_equal(theirs.assign_all(columns), ours.assign_all(columns))


def test_spark_counts_the_figures_of_segments_to_the_last_bit(spark: Any, tmp_path: Path) -> None:
    members = stored_members(features_in(memory_database(), random_features(4)))
    pq.write_table(members, tmp_path / "members.parquet")
    counted = summaries_with_spark(spark.read.parquet(str(tmp_path / "members.parquet")))
    assert counted == summaries_of(members) is not None
    assert spark.catalog.listTables() == []
