"""All cleaning that needs whole tables, in its order; what it finds goes into the data-quality report."""

from __future__ import annotations

from typing import Any

import duckdb

from analytics.importing.currencies import convert
from analytics.importing.doubts import doubt_orders, doubt_repeats, doubt_sizes, report_nobody
from analytics.importing.findings import Findings
from analytics.importing.ids import has_table
from analytics.importing.mapping import Mapping
from analytics.importing.returns import undo_returns
from analytics.importing.slips import mend_texts


def tidy(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, tables: list[str], findings: Findings
) -> dict[str, Any]:
    """Clean the tables `all_…` further; give the totals before and after.

    Currencies come first, since returns are matched by price; returns before outliers, since what was bought by mistake
    and undone needs no second telling.
    """
    rules = mapping.cleaning
    mend_texts(connection, tables, findings, mend=rules.encoding == "mend")
    if rules.currencies is not None:
        convert(connection, rules.currencies, tables, findings)
    report_nobody(findings, tables)
    both = "orders" in tables and "order_lines" in tables
    totals: dict[str, Any] = _gross(connection) if both else {}
    if "order_lines" in tables:
        doubt_repeats(connection, rules, findings)
    if both and rules.returns is not None:
        undo_returns(connection, rules.returns, findings)
    if "order_lines" in tables:
        doubt_sizes(connection, rules, findings)
    if "orders" in tables:
        doubt_orders(connection, rules, findings, lines=both)
    return {**totals, **_net(connection)} if both else totals


def _gross(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Count good lines before anything is undone or left out."""
    return _totals(connection, ("lines_read", "SELECT count(*) FROM all_order_lines"), *_sums("before"))


def _net(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    parts = "SELECT coalesce(sum(amount) FILTER ({}), 0.0) FROM parts"
    more = []
    if has_table(connection, "parts"):
        more = [
            ("returned", parts.format("order_id IS NOT NULL")),
            ("returned_without_purchase", parts.format("order_id IS NULL")),
        ]
    return _totals(connection, *more, *_sums("after"))


def _sums(when: str) -> list[tuple[str, str]]:
    good = "FROM all_order_lines WHERE _reason IS NULL"
    return [
        (f"lines_{when}", f"SELECT count(*) {good}"),
        (f"orders_{when}", "SELECT count(*) FROM all_orders WHERE _reason IS NULL"),
        (f"customers_{when}", "SELECT count(DISTINCT customer_id) FROM all_orders WHERE _reason IS NULL"),
        (f"money_{when}", f"SELECT coalesce(sum(amount), 0.0) {good}"),
    ]


def _totals(connection: duckdb.DuckDBPyConnection, *queries: tuple[str, str]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for name, query in queries:
        row = connection.execute(query).fetchone()
        assert row is not None  # noqa: S101  (aggregates give a row)
        figures[name] = round(row[0], 2) if isinstance(row[0], float) else int(row[0])
    return figures
