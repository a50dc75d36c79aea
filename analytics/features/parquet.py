"""The feature table of a shop whose order lines lie in Parquet files: DuckDB reads them where they are."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from analytics.features.compiled import feature_sql
from analytics.features.decode import SCHEMA, decoded
from analytics.features.layouts import Layout, flat_lines
from analytics.features.moments import clock_for, moment_values
from analytics.features.placeholders import filled
from analytics.features.table import register_kinds


def feature_table_of_lines(
    sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str = "UTC", *, layout: Layout = flat_lines
) -> pa.Table:
    """Compute the features of every customer who ordered before `now`, in no particular order.

    Parameters
    ----------
    sales : a connection with tables or views `sales` and `products` as the layout names them.
    now, timezone : as in `feature_table`. In UTC nothing is read to learn since when the zone's clock matters.
    layout : `flat_lines` or `flat_text_lines`.
    """
    first: datetime | None = now
    if timezone != "UTC":
        found = sales.execute("SELECT min(placed_at) FROM sales").fetchone()
        first = None if not found or found[0] is None else found[0].replace(tzinfo=UTC)
    if first is None or first > now:
        return SCHEMA.empty_table()
    clock = clock_for(timezone, first, now)
    kinds = register_kinds(sales)
    sql = feature_sql("duckdb", layout, len(clock.changes), kinds.nested)
    return decoded(sales.execute(filled(sql, moment_values(now, clock))).to_arrow_table(), kinds)
