"""Segments by Spark: those that scikit-learn finds, kept like any others, and the same figures of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from analytics import columns as c
from analytics.features.engines import EngineUnavailable
from analytics.jobs.build_segments import build_segments
from analytics.jobs.segments_with_spark import build_segments_with_spark
from analytics.segmentation.describing import Customers
from analytics.segmentation.engines import summaries_of, summaries_with_spark
from analytics.segmentation.figures import HABITS
from analytics.segmentation.fitting import fit_model
from analytics.segmentation.keeping import data_hash, read_kept, version_before
from analytics.segmentation.stored import stored_members
from store.memory import memory_database
from store.repositories.features import feature_columns
from store.repositories.profiles import segment_members
from tests.support.segment_members import Stored, features_in, random_features
from tests.support.small_shop import NOW
from tests.support.spark import spark_session

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with spark_session() as session:
        yield session


def test_spark_counts_the_figures_of_segments_to_the_last_bit(spark: Any, tmp_path: Path) -> None:
    members = stored_members(features_in(memory_database(), random_features(4)))
    pq.write_table(members, tmp_path / "members.parquet")
    counted = summaries_with_spark(spark.read.parquet(str(tmp_path / "members.parquet")))
    assert counted == summaries_of(members) is not None
    assert spark.catalog.listTables() == []


def three_groups() -> list[Stored]:
    """Draw customers of three groups that are far apart; some ordered once, so that they have no gap."""
    draw = np.random.default_rng(0)
    rows = random_features(5, count=120)
    for number, row in enumerate(rows):
        group = 10.0 * (1 + number % 3)
        figures = [round(group + draw.random(), 3) for _ in (*c.RFM, *HABITS)]
        behaviour = dict(zip(HABITS, figures[3:], strict=True)) | {c.FIRST_ORDER: "2025-01-02"}
        if number % 30 == 0:
            del behaviour[c.DAYS_BETWEEN_ORDERS]
        row |= {"recency_days": figures[0], "frequency": int(figures[1]), "monetary": round(figures[2], 2)}
        row |= {"behaviour": behaviour | {c.LAST_ORDER: "2026-03-01"}, "segment_id": None}
    return rows


def test_segments_found_with_spark_are_those_of_scikit_learn_and_the_artifact_in_use(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analytics.segmentation.spark._STARTS", 2)  # more are for groups that are not so far apart
    database = features_in(memory_database(), three_groups())
    earlier = build_segments(database, tmp_path, NOW - timedelta(days=7), lambda *_: None)
    report = build_segments_with_spark(database, tmp_path, NOW, lambda *_: None, session=spark)
    kept = read_kept(database, tmp_path)
    with database.read() as connection:
        members = segment_members(connection)
        customers = Customers.of(feature_columns(connection))
    ours = fit_model(customers.columns, kept.model.space, 3, seed=0)
    assert np.allclose(kept.model.middles, ours.middles, atol=1e-6)
    placed = dict(zip(customers.ids, ours.assign_all(customers.columns).tolist(), strict=True))
    assert members == kept.members == placed  # who spends most is in segment 1, in both
    assert (kept.version, kept.metrics["kind"]) == (report.model_version, "rebuild")
    assert kept.metrics["data_hash"] == data_hash(customers.ids, customers.columns)
    assert (kept.metrics["trained_from"], kept.metrics["trained_to"]) == ("2025-01-02", "2026-03-01")
    assert kept.metrics["sizes"] == {"1": 40, "2": 40, "3": 40}
    assert "K-Means by Spark in 3 groups of all 120 customers" in " ".join(report.notes)
    assert [one.portrait for one in report.segments] == [one.portrait for one in earlier.segments]
    assert kept.seen.transitions is not None
    assert kept.seen.transitions.counts == ((40, 0, 0), (0, 40, 0), (0, 0, 40))
    assert version_before(database) == earlier.model_version


def test_spark_is_refused_for_few_customers_and_nothing_is_written(tmp_path: Path) -> None:
    database = features_in(memory_database(), random_features(6, count=49))
    with pytest.raises(EngineUnavailable, match="very many customers, and 49 have features"):
        build_segments_with_spark(database, tmp_path, NOW, lambda *_: None)
    assert list(tmp_path.iterdir()) == []
