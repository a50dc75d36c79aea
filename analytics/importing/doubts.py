"""Rows that may be slips: equal lines, orders that came twice, free lines, prices and counts far from the usual."""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

from collections.abc import Sequence

import duckdb

from analytics.importing.findings import Findings
from analytics.importing.ids import columns_of
from analytics.importing.readers import ROW, literal
from analytics.importing.rules import Cleaning, Outliers, Then
from analytics.quality_records import Done

#: Lines of a product below which no price or count is called unusual.
_LEAST_LINES = 5
#: Why an order without lines is left out.
BARE = "no line is left"
_LINE = ("order_id", "product_id", "quantity", "amount")


def doubt_repeats(connection: duckdb.DuckDBPyConnection, rules: Cleaning, findings: Findings) -> None:
    """Tell of lines that are equal or free, and leave out those that the mapping wants left out."""
    equal = ", ".join(sorted(columns_of(connection, "all_order_lines") & {*_LINE, "discount", "currency"}))
    repeated = (
        f"SELECT {ROW}, {', '.join(_LINE)} FROM all_order_lines WHERE _reason IS NULL "
        f"QUALIFY row_number() OVER (PARTITION BY {equal} ORDER BY {ROW}) > 1"
    )
    _tell(connection, findings, "repeated_lines", repeated, rules.repeated_lines)
    free = f"SELECT {ROW}, {', '.join(_LINE)} FROM all_order_lines WHERE _reason IS NULL AND amount = 0"
    _tell(connection, findings, "free_lines", free, rules.free_lines)


def doubt_sizes(connection: duckdb.DuckDBPyConnection, rules: Cleaning, findings: Findings) -> None:
    """Tell of lines whose price or count is far from what is usual for the product."""
    for check, value, rule in (
        ("price_outliers", "amount / quantity", rules.price_outliers),
        ("quantity_outliers", "quantity", rules.quantity_outliers),
    ):
        _tell(connection, findings, check, _far(value, rule, both_ways=check == "price_outliers"), rule.then)


def doubt_orders(connection: duckdb.DuckDBPyConnection, rules: Cleaning, findings: Findings, *, lines: bool) -> None:
    """Tell of doubtful orders; without `lines` nothing is known of what is in them."""
    twice = (
        "SELECT order_id, customer_id, placed_at, total FROM all_orders WHERE _reason IS NULL AND total > 0 "
        f"QUALIFY row_number() OVER (PARTITION BY customer_id, placed_at, total ORDER BY {ROW}) > 1 ORDER BY order_id"
    )
    findings.look("orders", "orders_twice", twice, done="kept", shown=("order_id", "placed_at", "total"), money="total")
    if not lines:
        return
    returned = "AND status IS DISTINCT FROM 'returned'" if "status" in columns_of(connection, "all_orders") else ""
    bare = (
        f"SELECT order_id, total FROM all_orders WHERE _reason IS NULL {returned} AND order_id NOT IN "
        "(SELECT order_id FROM all_order_lines WHERE _reason IS NULL AND order_id IS NOT NULL)"
    )
    connection.execute(f"CREATE TABLE bare_orders AS {bare}")
    done = _done(rules.orders_without_lines)
    rows = "SELECT * FROM bare_orders ORDER BY order_id"
    findings.look("orders", "orders_without_lines", rows, done=done, shown=("order_id", "total"), money="total")
    if rules.orders_without_lines == "leave_out":
        connection.execute(
            f"UPDATE all_orders SET _reason = {literal(BARE)} "
            "WHERE _reason IS NULL AND order_id IN (SELECT order_id FROM bare_orders)"
        )


def report_nobody(findings: Findings, tables: Sequence[str]) -> None:
    """Tell of rows that were left out because they belong to nobody."""
    if "orders" in tables:
        total = "total" if "total" in columns_of(findings.connection, "all_orders") else "NULL"
        rows = f"SELECT order_id, {total} AS total FROM all_orders WHERE _reason = 'missing customer_id' ORDER BY {ROW}"
        findings.look("orders", "no_customer", rows, done="left out", shown=("order_id", "total"), money="total")
    if "order_lines" in tables and "orders" in tables:
        rows = (
            f"SELECT {', '.join(_LINE)} FROM all_order_lines WHERE order_id IN "
            f"(SELECT order_id FROM all_orders WHERE _reason = 'missing customer_id') ORDER BY {ROW}"
        )
        findings.look("order_lines", "no_customer", rows, done="left out", shown=_LINE, money="amount")


def _far(value: str, rule: Outliers, *, both_ways: bool) -> str:
    """Give the lines whose value is so many times the median of their product, or so small a part of it."""
    low = f"OR (worth > 0 AND worth * {rule.times} <= usual)" if both_ways else ""
    return f"""
        WITH valued AS (
            SELECT {ROW}, {", ".join(_LINE)}, {value} AS worth FROM all_order_lines WHERE _reason IS NULL
        ), usual AS (
            SELECT product_id, median(worth) FILTER (worth > 0) AS usual FROM valued
            GROUP BY product_id HAVING count(*) >= {_LEAST_LINES}
        )
        SELECT {ROW}, {", ".join(_LINE)} FROM valued JOIN usual USING (product_id)
        WHERE worth >= {rule.times} * usual {low} ORDER BY {ROW}
    """


def _tell(connection: duckdb.DuckDBPyConnection, findings: Findings, check: str, rows: str, then: Then) -> None:
    connection.execute(f"CREATE OR REPLACE TABLE doubtful AS {rows}")
    told = f"SELECT * FROM doubtful ORDER BY {ROW}"
    findings.look("order_lines", check, told, done=_done(then), shown=_LINE, money="amount")
    if then == "leave_out":
        reason = literal(check.removesuffix("s").replace("_", " "))
        connection.execute(f"UPDATE all_order_lines SET _reason = {reason} WHERE {ROW} IN (SELECT {ROW} FROM doubtful)")


def _done(then: Then) -> Done:
    return "left out" if then == "leave_out" else "kept"
