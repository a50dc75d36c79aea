"""The feature table: one row a customer, from the shop's tables in DuckDB."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from analytics import columns as c
from analytics.features.compiled import Layout, feature_sql
from analytics.features.decode import SCHEMA, decoded
from analytics.features.kinds import Kinds, kinds_of
from analytics.features.layouts import CODE_TABLE, KINDS, plain_lines, quantity_lines
from analytics.features.placeholders import filled
from analytics.features.zones import Clock, clock_of

#: Changes of clock in eight years.
CLOCK_STEP = 16


def feature_table(sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str = "UTC") -> pa.Table:
    """Compute the features of every customer who ordered before `now`.

    Parameters
    ----------
    sales : a connection with the tables of `load_sales`. If `lines` has a column `quantity`, negative ones are
        products brought back.
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
    # Padded, so that shops of different age share a statement.
    clock = clock_of(timezone, first, now).padded(CLOCK_STEP)
    kinds = _register_kinds(sales)
    sql = feature_sql("duckdb", _layout(sales), len(clock.changes))
    found = sales.execute(filled(sql, moment_values(now, clock))).to_arrow_table()
    return decoded(found, kinds).sort_by(c.CUSTOMER_ID)


def moment_values(now: datetime, clock: Clock) -> dict[str, int | datetime]:
    """Give the values of all gaps in a compiled statement."""
    return {
        "now": now,
        "now_s": int(now.timestamp() // 1),
        **{f"change_{number}": change for number, change in enumerate(clock.changes, 1)},
        **{f"offset_{number}": offset for number, offset in enumerate(clock.offsets)},
    }


def _first_order(sales: duckdb.DuckDBPyConnection) -> datetime | None:
    found = sales.execute("SELECT min(placed_at) FROM orders").fetchone()
    return None if not found or found[0] is None else found[0].replace(tzinfo=UTC)


def _layout(sales: duckdb.DuckDBPyConnection) -> Layout:
    names = {row[0] for row in sales.execute("DESCRIBE lines").fetchall()}
    return quantity_lines if "quantity" in names else plain_lines


def _register_kinds(sales: duckdb.DuckDBPyConnection) -> Kinds:
    """Make the tables of the products' kinds and of the kinds' codes."""
    pairs = sales.execute("SELECT DISTINCT category, department FROM products").fetchall()
    kinds = kinds_of(pairs)
    sales.register("read_kinds", kinds.as_table())
    sales.execute(
        f"CREATE OR REPLACE TEMP TABLE {KINDS} AS SELECT product_id, kind FROM products "  # noqa: S608  (our own names)
        "JOIN read_kinds ON coalesce(products.category, '') = read_kinds.category_name "
        "AND coalesce(products.department, '') = read_kinds.department_name"
    )
    sales.execute(f"CREATE OR REPLACE TEMP TABLE {CODE_TABLE} AS SELECT kind, category, department FROM read_kinds")  # noqa: S608
    sales.unregister("read_kinds")
    return kinds
