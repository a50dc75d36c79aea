"""Amounts in other currencies to the shop's, by the mapping's rates of the day."""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa

from analytics.importing.findings import Findings
from analytics.importing.ids import columns_of
from analytics.importing.readers import MOMENT, ROW, literal, quoted
from analytics.importing.rules import Currencies

_MONEY = {
    "products": ("price",),
    "orders": ("total", "discount"),
    "order_lines": ("amount", "discount", "unit_price"),
}
_ALWAYS = date(1, 1, 1)


def convert(connection: duckdb.DuckDBPyConnection, rule: Currencies, tables: list[str], findings: Findings) -> None:
    """Convert the amounts of `all_products`, `all_orders` and `all_order_lines`.

    A line's currency is its order's unless it has its own; its day is its order's. A product's price is converted by
    the rate of the import's day. What has no rate on its day is left out.
    """
    if all("currency" not in columns_of(connection, f"all_{table}") for table in _MONEY if table in tables):
        return
    _make_rates(connection, rule)
    for table in (name for name in ("products", "order_lines", "orders") if name in tables):
        _convert(connection, rule, table, tables, findings)


def _make_rates(connection: duckdb.DuckDBPyConnection, rule: Currencies) -> None:
    rows = [
        (name.upper(), day, float(value))
        for name, rate in {**rule.rates, rule.shop: 1.0}.items()
        for day, value in (rate.items() if isinstance(rate, dict) else ((_ALWAYS, rate),))
    ]
    names, days, values = zip(*rows, strict=True)
    connection.register(
        "read_rates", pa.table({"currency": names, "since": pa.array(days, pa.date32()), "rate": values})
    )
    connection.execute("CREATE TABLE rates AS SELECT currency, since::TIMESTAMP AS since, rate FROM read_rates")
    connection.unregister("read_rates")


def _convert(
    connection: duckdb.DuckDBPyConnection, rule: Currencies, table: str, tables: list[str], findings: Findings
) -> None:
    have = columns_of(connection, f"all_{table}")
    of_order = "orders" in tables and "currency" in columns_of(connection, "all_orders")
    if "currency" not in have and not (table == "order_lines" and of_order):
        return
    own = "t.currency" if "currency" in have else "NULL"
    order = ""
    currency, at = own, f"getvariable({literal(MOMENT)})"
    if table == "orders":
        at = "t.placed_at"
    elif table == "order_lines" and "orders" in tables:
        order = (
            "LEFT JOIN (SELECT order_id, any_value(placed_at) AS placed_at, "
            f"{'any_value(currency)' if of_order else 'NULL'} AS currency FROM all_orders GROUP BY order_id) o "
            "USING (order_id)"
        )
        currency, at = f"coalesce({own}, o.currency)", f"coalesce(o.placed_at, {at})"
    connection.execute(
        f"""
        CREATE OR REPLACE TABLE priced AS
        WITH named AS (
            SELECT t.{ROW}, upper(coalesce({currency}, {literal(rule.shop)})) AS currency, {at} AS at
            FROM {quoted("all_" + table)} t {order} WHERE t._reason IS NULL OR t._reason LIKE 'negative %'
        )
        SELECT n.{ROW}, n.currency, n.at, r.rate FROM named n
        ASOF LEFT JOIN rates r ON n.currency = r.currency AND n.at >= r.since
        WHERE n.currency <> upper({literal(rule.shop)})
        """
    )
    shown = ("currency", "at")
    for check, kept in (("no_rate", "rate IS NULL"), ("converted", "rate IS NOT NULL")):
        rows = f"SELECT * FROM priced WHERE {kept} ORDER BY {ROW}"
        findings.look(table, check, rows, done="left out" if check == "no_rate" else "mended", shown=shown)
    changed = ", ".join(f"{quoted(name)} = round({quoted(name)} * p.rate, 2)" for name in _MONEY[table] if name in have)
    name = quoted(f"all_{table}")
    connection.execute(f"UPDATE {name} SET {changed} FROM priced p WHERE {name}.{ROW} = p.{ROW} AND p.rate IS NOT NULL")
    connection.execute(
        f"UPDATE {name} SET _reason = 'no rate for ' || p.currency FROM priced p "
        f"WHERE {name}.{ROW} = p.{ROW} AND p.rate IS NULL"
    )
