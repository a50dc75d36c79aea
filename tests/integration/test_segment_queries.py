"""Figures of segments on DuckDB and PostgreSQL: what plain Python counts, and equal to the last bit."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pyarrow.parquet as pq
import pytest

from analytics import columns as c
from analytics.features.engines import EngineUnavailable
from analytics.segmentation.engines import moves_sql, summaries_by, summaries_of
from analytics.segmentation.identity import moves_between
from analytics.segmentation.relations import MOVES
from analytics.segmentation.stored import CAME_FROM, stored_members, write_members
from store.memory import memory_database
from store.repositories.features import feature_columns
from store.repositories.in_database import rows_of
from tests.support.segment_members import features_in, random_features
from tests.support.small_shop import empty_database

pytestmark = pytest.mark.integration


def test_duckdb_counts_what_python_counts() -> None:
    rows = random_features(1)
    counted = summaries_by("duckdb", features_in(memory_database(), rows))
    assert counted is not None
    inside = [row for row in rows if row["segment_id"] is not None]
    cents = [round(row["monetary"] * 100) for row in inside]
    assert round(counted.everybody.revenue * 100) == sum(cents)
    assert counted.everybody.customers == len(inside) < len(rows)
    for one in counted.segments:
        members = [row for row in inside if row["segment_id"] == one.segment_id]
        assert one.customers == len(members)
        assert one.share == len(members) / len(inside)
        assert one.revenue == sum(round(row["monetary"] * 100) for row in members) / 100
        assert one.orders == sum(row["frequency"] for row in members)
        assert one.seen_last == min(row["recency_days"] for row in members)
        gaps = [row["behaviour"].get(c.DAYS_BETWEEN_ORDERS) for row in members]
        known = [round(gap * 1000) for gap in gaps if gap is not None]
        assert one.means[c.DAYS_BETWEEN_ORDERS] == sum(known) / len(known) / 1000
        assert one.medians[c.DAYS_BETWEEN_ORDERS] == median(known) / 1000
        assert one.gap == median(61_000 if gap is None else round(gap * 1000) for gap in gaps) / 1000
        liked = [name for row in members for name in row["behaviour"].get(c.FAVOURITE_CATEGORIES) or ()]
        assert one.favourites == {name: liked.count(name) for name in sorted(set(liked))}
        assert sum(one.classes.values()) == len(members)
    assert sum(one.share for one in counted.segments) == pytest.approx(1.0)


def test_postgresql_counts_the_same_where_the_features_lie() -> None:
    with empty_database("postgresql") as database:
        features_in(database, random_features(2))
        assert summaries_by("postgresql", database) == summaries_by("duckdb", database) is not None
        with database.write() as connection:
            connection.exec_driver_sql(
                f"CREATE TEMP TABLE {MOVES} ON COMMIT DROP AS "
                "SELECT segment_id::bigint AS came_from, 1::bigint AS segment FROM customer_features"
            )
            moved = rows_of(connection, moves_sql("postgres"))
    came_from = [row["segment_id"] for row in random_features(2)]
    assert moves_between(moved, (1, 2, 5)) == (
        tuple((came_from.count(segment), 0, 0) for segment in (1, 2, 5)),
        (came_from.count(None), 0, 0),
    )


def test_what_is_written_for_another_engine_is_everybody_with_the_hash_of_all(tmp_path: Path) -> None:
    with empty_database("postgresql") as database:
        rows = random_features(3)
        features_in(database, rows)
        written = write_members(database, tmp_path / "members.parquet")
        assert summaries_of(stored_members(database)) == summaries_by("duckdb", database)
        with database.read() as connection:
            ids = [row[0] for row in feature_columns(connection)]
    table = pq.read_table(tmp_path / "members.parquet")
    assert table[c.CUSTOMER_ID].to_pylist() == ids
    assert table[CAME_FROM].null_count == sum(row["segment_id"] is None for row in rows)
    assert (written.customers, written.first_order, written.last_order) == (len(rows), "2025-01-02", "2026-03-01")


def test_a_shop_without_segments_has_no_figures_and_sqlite_no_engine_of_its_own() -> None:
    database = memory_database()
    assert summaries_by("duckdb", database) is None
    with pytest.raises(EngineUnavailable, match="needs the shop in PostgreSQL: set RAPPORT_DATABASE_URL"):
        summaries_by("postgresql", database)
