"""The feature job by another engine: the same rows, and a clear line where the engine cannot run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from analytics.features.engines import EngineUnavailable, features_by, of_known, write_out
from analytics.features.table import feature_table
from analytics.jobs.build_features import build_features
from analytics.workspace import open_workspace
from store.engine import Database
from store.memory import memory_database
from store.tables import customer_features
from tests.support.small_shop import NOW, empty_database, imported, write_shop

pytestmark = pytest.mark.integration


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Database]:
    with empty_database("postgresql") as made:
        imported(made, write_shop(tmp_path))
        yield made


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    with empty_database("sqlite") as made:
        imported(made, write_shop(tmp_path))
        yield made


def rows(database: Database) -> list[Any]:
    columns = customer_features.c
    asked = select(columns.customer_id, columns.frequency, columns.monetary, columns.behaviour)
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(asked.order_by(columns.customer_id))]


def test_postgresql_computes_inside_what_duckdb_computes_from_a_copy(postgres: Database) -> None:
    build_features(postgres, NOW, lambda *_: None, timezone="Europe/Berlin")
    copied = rows(postgres)
    report = build_features(postgres, NOW, lambda *_: None, timezone="Europe/Berlin", engine="postgresql")
    assert len(copied) == report.customers == 2
    assert rows(postgres) == copied


def test_postgresql_is_refused_for_a_shop_in_sqlite_and_nothing_changes(sqlite: Database) -> None:
    build_features(sqlite, NOW, lambda *_: None)
    before = rows(sqlite)
    with pytest.raises(EngineUnavailable, match="needs the shop in PostgreSQL: set RAPPORT_DATABASE_URL"):
        build_features(sqlite, NOW, lambda *_: None, engine="postgresql")
    assert rows(sqlite) == before


def test_a_source_is_for_spark_only() -> None:
    with pytest.raises(EngineUnavailable, match="read by --engine spark only"):
        features_by("duckdb", memory_database(), NOW, "UTC", source="sales")


def test_what_is_written_out_for_another_engine_gives_the_same_features(sqlite: Database, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    write_out(sqlite, folder)
    with open_workspace() as copied:
        for file in folder.glob("*.parquet"):
            copied.execute(f"CREATE TABLE {file.stem} AS FROM '{file}'")
        again = feature_table(copied, NOW, "UTC")
    assert again.equals(features_by("duckdb", sqlite, NOW, "UTC"))


def test_customers_of_an_outside_source_whom_the_shop_does_not_know_are_left_out(sqlite: Database) -> None:
    found = features_by("duckdb", sqlite, NOW, "UTC")
    assert of_known(found, ["ana", "nobody"])["customer_id"].to_pylist() == ["ana"]
