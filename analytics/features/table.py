"""The feature table: one row a customer, from the shop's tables in DuckDB."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from analytics import columns as c
from analytics.features.compiled import feature_sql
from analytics.features.decode import SCHEMA, decoded
from analytics.features.kinds import Kinds, kinds_of
from analytics.features.layouts import CODES, Layout, lines_layout
from analytics.features.moments import clock_for, moment_values
from analytics.features.placeholders import filled


def feature_table(sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str = "UTC") -> pa.Table:
    """Compute the features of every customer who ordered before `now`.

    Parameters
    ----------
    sales : a connection with the tables of `load_sales`. `lines` may have a column `quantity` instead of `returned`:
        negative ones are products brought back. `returns` may be missing.
    now : aware; recency is counted from here, and later orders are not known.
    timezone : the shop's zone, in which hours, days and weekends are told.

    Returns
    -------
    pyarrow.Table
        As `analytics.features.decode.SCHEMA`, by customer id: numbers are float64 and null where nothing can be told,
        as days between orders of a single order; favourites are a list of up to five with their shares beside it.
    """
    first = _first_order(sales)
    if first is None or first > now:
        return SCHEMA.empty_table()
    clock = clock_for(timezone, first, now)
    kinds = register_kinds(sales)
    sql = feature_sql("duckdb", _layout(sales), len(clock.changes), kinds.nested)
    found = sales.execute(filled(sql, moment_values(now, clock))).to_arrow_table()
    return decoded(found, kinds).sort_by(c.CUSTOMER_ID)


def _first_order(sales: duckdb.DuckDBPyConnection) -> datetime | None:
    found = sales.execute("SELECT min(placed_at) FROM orders").fetchone()
    return None if not found or found[0] is None else found[0].replace(tzinfo=UTC)


def _layout(sales: duckdb.DuckDBPyConnection) -> Layout:
    tables = {row[0] for row in sales.execute("SHOW TABLES").fetchall()}
    return lines_layout({row[0] for row in sales.execute("DESCRIBE lines").fetchall()}, returns="returns" in tables)


def register_kinds(sales: duckdb.DuckDBPyConnection) -> Kinds:
    """Make the table of the kinds' codes."""
    pairs = sales.execute("SELECT DISTINCT category, department FROM products")
    kinds = kinds_of(pairs.fetchall())
    sales.register("read_codes", kinds.as_table())
    sales.execute(f"CREATE OR REPLACE TEMP TABLE {CODES} AS FROM read_codes")
    sales.unregister("read_codes")
    return kinds
