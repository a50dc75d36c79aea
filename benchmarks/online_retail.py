"""UCI Online Retail as the tables of `analytics.features.sales.load_sales`, cleaned by the usual rule."""

from __future__ import annotations

from pathlib import Path

import duckdb

from rapport.paths import PROJECT

FILE = PROJECT.parent / "shared" / "data" / "online_retail" / "online_retail.parquet"


def load_online_retail(into: duckdb.DuckDBPyConnection, file: Path = FILE) -> None:
    """Make the tables `orders`, `lines` and `products`.

    Left out: lines without a customer, cancellations (invoices "C…"), quantities and prices that are not above zero.
    What is left of the original file: 397,884 lines of 4,338 customers, 8,911,407.90 in all. The set has no
    categories and no discounts: category is the last word of a product's name, discounts are 0.

    Parameters
    ----------
    into : gets `orders` (order_id, customer_id, placed_at naive UTC, total, discount), `lines` (order_id, product_id,
        quantity, amount) and `products` (product_id, name, category, department, price).

    Raises
    ------
    FileNotFoundError
        The data set is not beside the project.
    """
    if not file.is_file():
        raise FileNotFoundError(f"data absent: {file.name} is not beside the project (shared/data/online_retail)")
    into.execute(
        f"""
        CREATE TEMP TABLE kept AS
        SELECT InvoiceNo AS order_id, CustomerID::BIGINT::VARCHAR AS customer_id, InvoiceDate AS placed_at,
               StockCode AS product_id, Quantity AS quantity, Quantity * UnitPrice AS amount, UnitPrice AS price,
               trim(Description) AS name, Country AS country
        FROM '{file}'
        WHERE CustomerID IS NOT NULL AND InvoiceNo NOT LIKE 'C%' AND Quantity > 0 AND UnitPrice > 0
        """  # noqa: S608  (our own path)
    )
    into.execute(
        "CREATE TABLE orders AS SELECT order_id, customer_id, min(placed_at) AS placed_at, "
        "round(sum(amount), 2) AS total, 0.0 AS discount FROM kept GROUP BY order_id, customer_id"
    )
    into.execute("CREATE TABLE lines AS SELECT order_id, product_id, quantity, amount FROM kept")
    into.execute(
        "CREATE TABLE products AS SELECT product_id, mode(name) AS name, "
        "lower(regexp_extract(mode(name), '([A-Za-z]+)[^A-Za-z]*$', 1)) AS category, 'gifts' AS department, "
        "median(price) AS price FROM kept GROUP BY product_id"
    )
    into.execute("DROP TABLE kept")
