"""What all charts stand on: orders, lines, products and people of one moment, as tables in DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from analytics.features.sales import load_sales
from analytics.shop.today import shop_today
from analytics.workspace import open_workspace
from store.engine import Database
from store.repositories.reporting import people_columns, product_sales

#: Charts of orders tell of this long before the moment they are made for.
WINDOW = timedelta(days=365)

_RECENT = """
CREATE TABLE recent AS
SELECT o.*, timezone($zone, timezone('UTC', placed_at)) AS local, coalesce(l.lines, 0) AS lines
FROM orders o LEFT JOIN (SELECT order_id, count(*) AS lines FROM lines GROUP BY order_id) l USING (order_id)
WHERE placed_at <= $as_of AND placed_at > $start
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Tables of one shop at one moment.

    orders (order_id, customer_id, placed_at naive UTC, total, discount): all of them; recent: those of the window, with
    local (naive, the shop's zone) and lines; lines (order_id, product_id); products (product_id, category,
    department); sold (product_id, name, category, department, lines, quantity, amount) within the window;
    people (customer_id, segment_id, segment).
    """

    tables: duckdb.DuckDBPyConnection
    #: Aware. Until when there are orders, where the last one is long ago, else now.
    as_of: datetime
    #: The window begins here, or with the first order.
    start: datetime
    is_stale: bool
    zone: str
    currency: str
    #: Orders within the window, and all.
    recent: int
    orders: int

    @property
    def month(self) -> str:
        """The month that is not over yet: "2026-05"."""
        return f"{self.as_of.astimezone(ZoneInfo(self.zone)):%Y-%m}"

    def rows(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """Run a query; `$as_of` and `$zone` are always there to name."""
        named = {"as_of": _naive(self.as_of), "zone": self.zone, **values}
        return self.tables.execute(query, {name: named[name] for name in named if f"${name}" in query}).fetchall()

    def one(self, query: str, **values: Any) -> tuple[Any, ...]:
        """Run a query that gives one row."""
        return self.rows(query, **values)[0]


@contextmanager
def ground_of(database: Database, now: datetime, zone: str, currency: str) -> Iterator[Ground]:
    """Read what charts are drawn of; the tables go when the block ends.

    Parameters
    ----------
    database : with all tables.
    now : aware.
    zone : the shop's zone, in which hours, days and months are told.
    currency : sign or code of the shop's money.
    """
    with open_workspace() as tables:
        orders = load_sales(database, tables)
        first, last = tables.execute(
            "SELECT min(placed_at), max(placed_at) FROM orders WHERE placed_at <= $now", {"now": _naive(now)}
        ).fetchall()[0]
        latest = None if last is None else last.replace(tzinfo=UTC)
        as_of = shop_today(latest, now)
        start = as_of - WINDOW
        if first is not None:
            start = max(start, first.replace(tzinfo=UTC) - timedelta(seconds=1))
        moments = {"as_of": _naive(as_of), "start": _naive(start), "zone": zone}
        tables.execute(_RECENT, moments)
        _read_people(database, tables, start, as_of)
        (recent,) = tables.execute("SELECT count(*) FROM recent").fetchall()[0]
        yield Ground(
            tables=tables, as_of=as_of, start=start, is_stale=as_of < now, zone=zone, currency=currency,
            recent=recent, orders=orders,
        )  # fmt: skip


def _read_people(database: Database, tables: duckdb.DuckDBPyConnection, start: datetime, as_of: datetime) -> None:
    with database.read() as connection:
        people = people_columns(connection)
        sold = product_sales(connection, start, as_of)
    kinds = (pa.string(), pa.int64(), pa.string())
    _register(tables, "people", ("customer_id", "segment_id", "segment"), kinds, people)
    names = ("product_id", "name", "category", "department", "lines", "quantity", "amount")
    kinds_sold = (*(pa.string(),) * 4, pa.int64(), pa.int64(), pa.float64())
    _register(tables, "sold", names, kinds_sold, sold)


def _register(
    tables: duckdb.DuckDBPyConnection,
    name: str,
    columns: tuple[str, ...],
    kinds: tuple[pa.DataType, ...],
    rows: list[tuple[Any, ...]],
) -> None:
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = {column: pa.array(cells, type=kind) for column, cells, kind in zip(columns, values, kinds, strict=True)}
    tables.register(f"read_{name}", pa.table(arrays))
    tables.execute(f"CREATE TABLE {name} AS SELECT * FROM read_{name}")  # noqa: S608  (our own names)


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)
