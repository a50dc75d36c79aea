"""Importing from the shop's own database: the same as from files, and nothing can be written there."""

from __future__ import annotations

import sqlite3
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from analytics.importing.errors import MappingError, SourceError
from analytics.importing.sql_sources import SqlSource
from store.memory import memory_database
from tests.support.databases import temporary_postgres
from tests.support.small_shop import imported, rows

pytestmark = pytest.mark.integration

ADDRESS = "TEST_SHOP_DATABASE"
TABLES = """
CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE sales (number TEXT, who INTEGER, placed {moment}, paid NUMERIC(10, 2), gift BOOLEAN);
INSERT INTO people VALUES (1, 'Ana'), (2, 'Ben');
INSERT INTO sales VALUES ('o1', 1, '2026-01-05 10:00:00', 12.50, {yes}), ('o2', 2, '2026-07-06 10:00:00', 3, {no}),
                         ('o3', NULL, '2026-01-06 10:00:00', 4, {no});
"""
MAPPING = """
shop: Database
timezone: Europe/Berlin
sources:
  people: {query: "SELECT * FROM people", address: TEST_SHOP_DATABASE}
  sales:
    query: "SELECT number, who, placed, paid, ':x' AS note FROM sales WHERE paid > 0;"
    address: TEST_SHOP_DATABASE
tables:
  customers: {from: people, fields: {customer_id: id, name: name}}
  orders: {from: sales, fields: {order_id: number, customer_id: who, placed_at: placed, total: paid}}
"""


@contextmanager
def shop_database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        file = folder / "shop.db"
        connection = sqlite3.connect(file)
        connection.executescript(TABLES.format(moment="TEXT", yes=1, no=0))
        connection.close()
        yield f"sqlite:///{file}"
        return
    with temporary_postgres() as address:
        plain = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as server:
            server.execute(TABLES.format(moment="TIMESTAMP", yes="true", no="false").encode())
        yield plain


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with shop_database(request.param, tmp_path) as made:
        monkeypatch.setenv(ADDRESS, made)
        yield made


def write(folder: Path, content: str = MAPPING) -> Path:
    (folder / "mapping.yml").write_text(textwrap.dedent(content), encoding="utf-8")
    return folder / "mapping.yml"


@pytest.mark.usefixtures("address")
def test_a_shop_is_imported_from_its_own_database(tmp_path: Path) -> None:
    database = memory_database()
    report = imported(database, write(tmp_path), datetime(2026, 8, 1, tzinfo=UTC))
    assert rows(database, "customers", "customer_id", "name") == [("1", "Ana"), ("2", "Ben")]
    assert rows(database, "orders", "order_id", "customer_id", "placed_at", "total") == [
        ("o1", "1", datetime(2026, 1, 5, 9, tzinfo=UTC), 12.5),
        ("o2", "2", datetime(2026, 7, 6, 8, tzinfo=UTC), 3.0),
    ]
    assert report.tables["orders"].rejected == {"missing customer_id": 1}


@pytest.mark.usefixtures("address")
def test_what_a_query_answers_is_read_as_text_and_nothing_can_be_written() -> None:
    source = SqlSource("sales", "SELECT number, who, paid, gift, placed FROM sales ORDER BY number", ADDRESS)
    assert source.columns() == ["number", "who", "paid", "gift", "placed"]
    table = source.read(["paid", "who", "placed"])
    assert table.column("who").to_pylist() == ["1", "2", None]
    # Rows come many at a time: one by one they would take ten times as long.
    assert table.column("who").num_chunks == 1
    assert [float(value) for value in table.column("paid").to_pylist()] == [12.5, 3.0, 4.0]
    assert table.column("placed").to_pylist()[0] == "2026-01-05 10:00:00"
    writing = SqlSource("people", "WITH gone AS (DELETE FROM people RETURNING id) SELECT id FROM gone", ADDRESS)
    with pytest.raises(SourceError, match=r"sources\.people: the database of TEST_SHOP_DATABASE refuses"):
        writing.read(["id"])
    assert SqlSource("people", "SELECT id FROM people", ADDRESS).read(["id"]).num_rows == 2


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("DELETE FROM people", "give one SELECT"),
        ("SELECT 1; DROP TABLE people", "give one SELECT"),
        ("SELECT id FROM nowhere", "the database of TEST_SHOP_DATABASE refuses: no such table: nowhere"),
    ],
)
def test_a_query_that_cannot_be_put_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str, message: str
) -> None:
    with shop_database("sqlite", tmp_path) as made:
        monkeypatch.setenv(ADDRESS, made)
        mapping = write(tmp_path, MAPPING.replace("SELECT * FROM people", query))
        with pytest.raises(SourceError, match=message) as told:
            imported(memory_database(), mapping)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("held", ["", "nonsense", "mysql://a:secret@b/c", "sqlite:///missing.db"])
def test_an_address_that_is_none_is_told_without_showing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: str
) -> None:
    monkeypatch.setenv(ADDRESS, held)
    with pytest.raises(SourceError, match="TEST_SHOP_DATABASE") as told:
        imported(memory_database(), write(tmp_path))
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (", address: TEST_SHOP_DATABASE}", "}"),
        ('{query: "SELECT * FROM people", address: TEST_SHOP_DATABASE}', "{file: a.csv, query: SELECT 1, address: X}"),
        ('{query: "SELECT * FROM people", address: TEST_SHOP_DATABASE}', "{delimiter: ';'}"),
    ],
)
def test_a_source_is_either_a_file_or_a_query(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(MappingError, match=r"sources\.people: (give either|a query needs)"):
        imported(memory_database(), write(tmp_path, MAPPING.replace(old, new)))
