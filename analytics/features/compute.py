"""Features as rows for the database: the three figures, and behaviour as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import duckdb
import pyarrow as pa

from analytics import columns as c
from analytics.features.decode import SCHEMA
from analytics.features.table import feature_table
from analytics.workspace import open_workspace
from store.repositories.bulk import Row

#: Decimals that are kept; numbers that are not here are whole.
_DECIMALS = {
    c.BASKET_VALUE: 2, c.BIGGEST_BASKET: 2, c.SPENT_LAST_90_DAYS: 2, c.LINES_PER_ORDER: 1, c.DAYS_BETWEEN_ORDERS: 1,
    c.INTERVAL_SPREAD: 1, c.TENURE_DAYS: 1, c.INTERVAL_REGULARITY: 3, c.DISCOUNT_SHARE: 3, c.RETURN_SHARE: 3,
    c.WEEKEND_SHARE: 3, c.ORDER_TREND: 3,
}  # fmt: skip
#: Told by the columns of the row, or by another figure of the same behaviour.
_LEFT_OUT = {c.CUSTOMER_ID, *c.RFM, c.FAVOURITE_SHARE}
#: Not known of everybody; what is not known is not told.
_OPTIONAL = (
    c.DAYS_BETWEEN_ORDERS, c.INTERVAL_SPREAD, c.INTERVAL_REGULARITY, c.ORDER_TREND, c.FAVOURITE_DEPARTMENT,
    c.FAVOURITE_CATEGORY, c.FAVOURITE_CATEGORIES, c.CATEGORY_SHARES,
)  # fmt: skip
_BATCH = 20_000


def compute_features(sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str) -> list[Row]:
    """Compute the features of every customer who ordered before `now`.

    Parameters
    ----------
    sales : a connection with the tables of `load_sales`.
    now : aware; recency is counted from here.
    timezone : the shop's zone, in which hours and weekends are told.

    Returns
    -------
    list of (customer id, recency in days, orders, money spent, behaviour as JSON text), by customer id.
        Behaviour holds what is known only: no days between orders for a single order.
    """
    return [row for batch in feature_rows(feature_table(sales, now, timezone)) for row in batch]


def feature_rows(features: pa.Table) -> Iterator[list[Row]]:
    """Give the rows of a feature table, as `compute_features` does, in batches; no value passes through Python."""
    with open_workspace() as workspace:
        workspace.register("features", features)
        found = workspace.execute(_QUERY)
        while rows := found.fetchmany(_BATCH):
            yield list(rows)


def _told(name: str) -> str:
    if name == c.CATEGORY_SHARES:
        return f"CASE WHEN len({name}) > 0 THEN list_transform({name}, share -> round(share, 3)) END"
    if name == c.FAVOURITE_CATEGORIES:
        return f"CASE WHEN len({name}) > 0 THEN {name} END"
    if name in _DECIMALS:
        return f"round({name}, {_DECIMALS[name]})"
    return f"{name}::BIGINT" if pa.types.is_floating(SCHEMA.field(name).type) else name


_KNOWN = [name for name in SCHEMA.names if name not in _LEFT_OUT and name not in _OPTIONAL]
# What is unknown makes its piece NULL, and `concat` leaves NULLs out.
_PIECES = ", ".join(f"""',"{name}":' || to_json({_told(name)})""" for name in _OPTIONAL)
_QUERY = f"""
SELECT {c.CUSTOMER_ID}, round({c.RECENCY_DAYS}, 3), {c.FREQUENCY}::BIGINT, round({c.MONETARY}, 2),
       concat(to_json(struct_pack({", ".join(f"{name} := {_told(name)}" for name in _KNOWN)}))[:-2], {_PIECES}, '}}')
FROM features
"""  # noqa: S608  (the names are our own)
