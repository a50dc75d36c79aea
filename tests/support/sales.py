"""Sales by hand for tests of features: a few orders in DuckDB, as `load_sales` would put them there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import duckdb
import pyarrow as pa

from analytics.features.table import feature_table
from analytics.workspace import open_workspace

#: A Tuesday.
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
#: (customer, moment in UTC, total, discount, [(product, quantity), …])
Order = tuple[str, datetime, float, float, list[tuple[str, int]]]
#: (product, category, department)
PRODUCTS = (
    ("tea", "Teas", "Drinks"),
    ("coffee", "Coffees", "Drinks"),
    ("bread", "Breads", "Bakery"),
    ("card", None, "Gifts"),
    ("odd", None, None),
)


def order(customer: str, moment: datetime, total: float = 10, discount: float = 0, *products: str) -> Order:
    """Give an order; a product written "-tea" was brought back."""
    lines = [(name.removeprefix("-"), -1 if name.startswith("-") else 1) for name in products]
    return (customer, moment, total, discount, lines)


def sales_of(orders: Iterable[Order], products: Iterable[Any] = PRODUCTS) -> duckdb.DuckDBPyConnection:
    """Make `orders`, `lines` (with quantities) and `products`."""
    listed = list(enumerate(orders))
    sales = open_workspace()
    tables = {
        "orders": pa.table(
            {
                "order_id": pa.array([f"o{number}" for number, _ in listed], pa.string()),
                "customer_id": pa.array([one[0] for _, one in listed], pa.string()),
                "placed_at": pa.array(
                    [one[1].astimezone(UTC).replace(tzinfo=None) for _, one in listed], pa.timestamp("us")
                ),
                "total": pa.array([float(one[2]) for _, one in listed], pa.float64()),
                "discount": pa.array([float(one[3]) for _, one in listed], pa.float64()),
            }
        ),
        "lines": pa.table(
            {
                "order_id": pa.array([f"o{number}" for number, one in listed for _ in one[4]], pa.string()),
                "product_id": pa.array([line[0] for _, one in listed for line in one[4]], pa.string()),
                "quantity": pa.array([line[1] for _, one in listed for line in one[4]], pa.int64()),
            }
        ),
        "products": pa.table(
            [pa.array(column, pa.string()) for column in zip(*products, strict=True)],
            names=["product_id", "category", "department"],
        ),
    }
    for name, table in tables.items():
        sales.register("given", table)
        sales.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        sales.unregister("given")
    return sales


def features_of(
    *orders: Order, now: datetime = NOW, timezone: str = "UTC", products: Iterable[Any] = PRODUCTS
) -> dict[str, dict[str, Any]]:
    """Give all features by customer id."""
    rows = feature_table(sales_of(orders, products), now, timezone).to_pylist()
    return {row.pop("customer_id"): row for row in rows}
