"""Orders, lines and products out of the database into DuckDB, column by column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow as pa

from store.engine import Database
from store.repositories.bulk import Row
from store.repositories.features import line_columns, order_columns, product_columns, return_columns

_TEXT = pa.string()
_ORDERS = {"order_id": _TEXT, "customer_id": _TEXT, "placed_at": None, "total": pa.float64(), "discount": pa.float64()}
_BASKETS = {"order_id": _TEXT, "product_ids": _TEXT, "returned": pa.int8()}
_RETURNS = {"customer_id": _TEXT, "returned_at": None}
_PRODUCTS = {"product_id": _TEXT, "category": _TEXT, "department": _TEXT}


def load_sales(database: Database, into: duckdb.DuckDBPyConnection) -> int:
    """Make the tables `orders`, `lines`, `returns`, `products` in DuckDB, from one snapshot; give the number of orders.

    Moments are naive and in UTC, whichever database they come from. `lines` are order_id, product_id and whether it was
    brought back; `returns` are customer_id and returned_at of what an import has taken off `lines` already.
    """
    with database.read() as connection:
        orders = _table(order_columns(connection), _ORDERS)
        into.register("read_orders", orders)
        # SQLite hands out naive UTC text, PostgreSQL aware moments: both become naive UTC.
        moment = "{}::TIMESTAMP" if database.is_sqlite else "timezone('UTC', {})"
        into.execute(
            f"CREATE TABLE orders AS SELECT order_id, customer_id, {moment.format('placed_at')} AS placed_at, total, "  # noqa: S608
            "discount FROM read_orders"
        )
        into.register("read_returns", _table(return_columns(connection), _RETURNS))
        into.execute(
            f"CREATE TABLE returns AS SELECT customer_id, {moment.format('returned_at')} AS returned_at "  # noqa: S608
            "FROM read_returns"
        )
        into.register("read_baskets", _table(line_columns(connection), _BASKETS))
        into.execute(
            "CREATE TABLE lines AS SELECT order_id, unnest(from_json(product_ids, '[\"VARCHAR\"]')) AS product_id, "
            "returned = 1 AS returned FROM read_baskets"
        )
        into.register("products", _table(product_columns(connection), _PRODUCTS))
    return int(orders.num_rows)


def _table(batches: Iterable[list[Row]], columns: dict[str, Any]) -> pa.Table:
    """Turn batches of rows into one Arrow table; a column without a type takes that of its values."""
    parts = []
    for rows in batches:
        arrays = {}
        for (name, kind), values in zip(columns.items(), zip(*rows, strict=True), strict=True):
            # PostgreSQL's driver gives exact decimals.
            arrays[name] = pa.array(map(float, values) if kind == pa.float64() else values, type=kind)
        parts.append(pa.table(arrays))
    if parts:
        return pa.concat_tables(parts)
    return pa.table({name: pa.array([], type=kind or pa.timestamp("us")) for name, kind in columns.items()})
