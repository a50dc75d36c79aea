"""Orders in DuckDB as `analytics.features.sales.load_sales` makes them, a few that a test can name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import duckdb

from analytics.workspace import open_workspace


@contextmanager
def sales_of(
    orders: Sequence[tuple[str, str, str, float]],
    lines: Sequence[tuple[str, str]] = (),
    products: Sequence[tuple[str, str]] = (),
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Make the tables.

    Parameters
    ----------
    orders : (order id, customer id, moment in UTC as ISO text, total).
    lines : (order id, product id).
    products : (product id, category).
    """
    with open_workspace() as sales:
        sales.execute(
            "CREATE TABLE orders (order_id VARCHAR, customer_id VARCHAR, placed_at TIMESTAMP, total DOUBLE, "
            "discount DOUBLE)"
        )
        sales.execute("CREATE TABLE lines (order_id VARCHAR, product_id VARCHAR)")
        sales.execute("CREATE TABLE products (product_id VARCHAR, category VARCHAR, department VARCHAR)")
        for order, customer, moment, total in orders:
            placed = datetime.fromisoformat(moment)
            sales.execute("INSERT INTO orders VALUES (?, ?, ?, ?, 0)", [order, customer, placed, total])
        for line in lines:
            sales.execute("INSERT INTO lines VALUES (?, ?)", list(line))
        for product, category in products:
            sales.execute("INSERT INTO products VALUES (?, ?, 'all')", [product, category])
        yield sales
