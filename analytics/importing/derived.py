"""What follows from the rest: a product's price, sales and stock, names that differ, offers that run now."""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

from datetime import UTC, datetime

import duckdb

from analytics.importing.mapping import Mapping
from analytics.importing.readers import quoted
from analytics.importing.targets import TOLD

#: Products named in an offer's description.
_NAMED = 3


def derive_products(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Make `clean_products` with price, times_sold and in_stock, and with names that no two products share."""
    _count_sales(connection, mapping)
    given = _columns(connection, "all_products")
    price = "p.price" if "price" in given else "CAST(NULL AS DOUBLE)"
    text = {name: (f"p.{name}" if name in given else "CAST(NULL AS VARCHAR)") for name in ("brand", "size")}
    apart = "p.told_apart_by" if "told_apart_by" in given else text["brand"]
    # Without lines nothing is known of sales: a product of a bare catalogue counts as in stock.
    stock = "true"
    if "order_lines" in mapping.tables:
        stock = f"coalesce(s.in_stock, false) AND coalesce({price}, s.price) IS NOT NULL"
    if "in_stock" in given:
        stock = f"coalesce(p.in_stock, {stock})"
    if "stock" in given:
        stock = f"({stock} AND coalesce(p.stock, 1) > 0)"
    told = "".join(f", {name}" for name in TOLD if name in given)
    written = told.replace("description", "plain_text(description) AS description")
    connection.execute(
        f"""
        CREATE TABLE clean_products AS
        WITH sold AS (
            SELECT p.product_id, p.name, p.category, p.department, {text["brand"]} AS brand, {text["size"]} AS size,
                   {apart} AS apart, coalesce(s.times_sold, 0) AS times_sold,
                   CASE WHEN NOT p._not_for_sale THEN round(coalesce({price}, s.price), 2) END AS price,
                   NOT p._not_for_sale AND {stock} AS in_stock{told}
            FROM all_products p LEFT JOIN sales s USING (product_id) WHERE p._reason IS NULL
        ), first_named AS (
            SELECT *, first_value(apart) OVER same_name AS first_apart, row_number() OVER same_name AS place
            FROM sold WINDOW same_name AS (PARTITION BY name ORDER BY in_stock DESC, times_sold DESC, product_id)
        ), told_apart AS (
            SELECT *, CASE WHEN apart IS NOT NULL AND apart IS DISTINCT FROM first_apart
                           THEN name || ' (' || apart || ')' ELSE name END AS longer
            FROM first_named
        ), numbered AS (
            SELECT *, row_number() OVER (PARTITION BY longer ORDER BY place) AS variety FROM told_apart
        )
        SELECT product_id, category, department, brand, size, price, times_sold, in_stock{written},
               name AS plain_name, CASE WHEN variety = 1 THEN longer ELSE longer || ', variety ' || variety END AS name
        FROM numbered
        """
    )


def _count_sales(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Make `sales`: per product its lines, last sale and price (median piece over its last days of sale)."""
    columns = "product_id VARCHAR, times_sold BIGINT, in_stock BOOLEAN, price DOUBLE"
    if "order_lines" not in mapping.tables or "orders" not in mapping.tables:
        connection.execute(f"CREATE TABLE sales ({columns})")
        return
    unit = "l.amount / l.quantity"
    if "unit_price" in mapping.tables["order_lines"].fields:
        unit = f"coalesce(l.unit_price, {unit})"
    connection.execute(
        f"""
        CREATE TABLE sales AS
        WITH sold AS (
            SELECT l.product_id, o.placed_at, {unit} AS unit
            FROM all_order_lines l JOIN all_orders o USING (order_id)
            WHERE l._reason IS NULL AND o._reason IS NULL
        ), last AS (
            SELECT product_id, count(*) AS times_sold, max(placed_at) AS last_sold FROM sold GROUP BY product_id
        )
        SELECT last.product_id, any_value(last.times_sold) AS times_sold,
               any_value(last.last_sold) >= (SELECT max(placed_at) FROM sold) - INTERVAL {mapping.in_stock_days} DAY
                   AS in_stock,
               median(unit) FILTER (unit > 0 AND placed_at >= last_sold - INTERVAL {mapping.price_days} DAY) AS price
        FROM last JOIN sold USING (product_id) GROUP BY last.product_id
        """
    )


def derive_offers(connection: duckdb.DuckDBPyConnection, mapping: Mapping, now: datetime) -> None:
    """Make `clean_offers`: `active` while the window covers `now`, and a description where none was mapped."""
    given = _columns(connection, "all_offers")

    def column(name: str, kind: str = "VARCHAR") -> str:
        return f"o.{quoted(name)}" if name in given else f"CAST(NULL AS {kind})"

    _name_examples(connection, mapping)
    connection.execute(
        f"""
        CREATE TABLE clean_offers AS
        SELECT o.offer_id, left(o.title, 300) AS title,
               left(coalesce({column("description")}, e.description, ''), 1000) AS description, o.kind,
               {column("value", "DOUBLE")} AS value, {column("category")} AS category,
               {column("campaign_id")} AS campaign_id, {column("starts_at", "TIMESTAMP")} AS starts_at,
               {column("ends_at", "TIMESTAMP")} AS ends_at,
               coalesce({column("starts_at", "TIMESTAMP")} <= $now, true)
                   AND coalesce({column("ends_at", "TIMESTAMP")} >= $now, true) AS active
        FROM all_offers o LEFT JOIN examples e USING (offer_id) WHERE o._reason IS NULL
        """,
        {"now": now.astimezone(UTC).replace(tzinfo=None)},
    )


def _name_examples(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Make `examples`: per offer a sentence with its best-sold products, each wording once."""
    if "offer_products" not in mapping.tables or "products" not in mapping.tables:
        connection.execute("CREATE TABLE examples (offer_id VARCHAR, description VARCHAR)")
        return
    connection.execute(
        f"""
        CREATE TABLE examples AS
        WITH named AS (
            SELECT c.offer_id, p.plain_name, sum(p.times_sold) AS times_sold
            FROM all_offer_products c JOIN clean_products p USING (product_id)
            WHERE c._reason IS NULL AND p.price IS NOT NULL GROUP BY ALL
        ), ranked AS (
            SELECT *, row_number() OVER (PARTITION BY offer_id ORDER BY times_sold DESC, plain_name) AS place FROM named
        )
        SELECT offer_id, 'Good for ' || string_agg(plain_name, '; ' ORDER BY place) FILTER (place <= {_NAMED})
               || CASE WHEN count(*) > {_NAMED} THEN ' and more.' ELSE '.' END AS description
        FROM ranked GROUP BY offer_id
        """
    )


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    return {row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()}
