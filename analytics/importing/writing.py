"""Clean rows into our tables. Repeating an import changes nothing; an interrupted one is completed by repeating it.

An empty shop is filled in one transaction, its indexes made at the end. A shop that is already open is written in
short transactions, so that conversations go on meanwhile.
"""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from typing import Any

import duckdb
from sqlalchemy import Connection

from analytics.importing.dates import after_now
from analytics.importing.doubts import BARE
from analytics.importing.ids import has_table
from analytics.importing.readers import ROW, literal, quoted
from analytics.importing.returns import RETURN_ORDER
from analytics.importing.targets import TOLD
from store.engine import Database
from store.repositories.bulk import Row, upsert_rows
from store.repositories.catalogue_write import (
    drop_indexes,
    drop_surplus_lines,
    has_orders,
    make_indexes,
    merge_redemptions,
    replace_offer_products,
    withdraw_orders,
)
from store.repositories.returns import replace_returns
from store.tables import metadata

_BATCH = 50_000
#: What a column holds where the mapping says nothing of it.
_DEFAULTS = {"traits": "'{}'", "rules": "'{}'", "discount": "0"}
#: {table: (columns, where its clean rows are, order of writing)}.
_TABLES = {
    "customers": (("customer_id", "name", "email", "joined_at", "traits"), "all_customers", "customer_id"),
    "products": (
        (
            "product_id",
            "name",
            "category",
            "department",
            "brand",
            "size",
            "price",
            "times_sold",
            "in_stock",
            "stock",
            "margin",
            "description",
        ),
        "clean_products",
        "product_id",
    ),
    "orders": (
        ("order_id", "customer_id", "placed_at", "total", "discount", "status", "store_id"),
        "all_orders",
        "order_id",
    ),
    "order_lines": (
        ("order_id", "line", "product_id", "quantity", "amount", "discount"),
        "numbered_lines",
        "order_id, line",
    ),
    "offers": (
        (
            "offer_id",
            "title",
            "description",
            "kind",
            "value",
            "category",
            "campaign_id",
            "starts_at",
            "ends_at",
            "active",
            "rules",
        ),
        "clean_offers",
        "offer_id",
    ),
    "offer_products": (("offer_id", "product_id"), "all_offer_products", "offer_id, product_id"),
}

#: Called with the table and the rows written so far, over all tables.
Told = Callable[[str, int], None]


class Writer:
    """Writes the clean tables of one DuckDB connection into one database."""

    def __init__(self, database: Database, clean: duckdb.DuckDBPyConnection, moved: timedelta) -> None:
        self._database = database
        self._clean = clean
        self._moved = moved
        self._rows = 0
        # SQLite keeps naive UTC text; PostgreSQL would read text without an offset in its session's own zone.
        self._moment_format = "%Y-%m-%d %H:%M:%S.%f" + ("" if database.is_sqlite else "+00")

    def write(self, names: list[str], told: Told) -> None:
        """Write the tables in order, then whatever else they call for.

        Parameters
        ----------
        names : tables of the mapping, in the order of `TARGETS`.
        told : called after every batch.
        """
        with self._database.read() as connection:
            open_shop = has_orders(connection)
        if open_shop:
            self._write_all(names, told, self._database.write)
            self._tidy(names)
            return
        tables = [metadata.tables[name] for name in names if name in ("orders", "order_lines")]
        with self._database.write() as connection:
            drop_indexes(connection, tables)

            @contextmanager
            def same() -> Iterator[Connection]:
                yield connection

            self._write_all(names, told, same)
            make_indexes(connection, tables)

    def _write_all(self, names: list[str], told: Told, transaction: Callable[[], Any]) -> None:
        for name in names:
            if name == "redemptions":
                with transaction() as connection:
                    merge_redemptions(connection, self._redemptions(), self._moved)
                continue
            if name == "order_lines":
                self._number_lines()
            if name == "offer_products":
                with transaction() as connection:
                    replace_offer_products(connection, self._ids("all_offer_products", "offer_id"))
            self._write_table(name, told, transaction)
            if name == "order_lines" and has_table(self._clean, "parts"):
                with transaction() as connection:
                    replace_returns(connection, *self._returns())

    def _tidy(self, names: list[str]) -> None:
        """Delete what an earlier import wrote and this one no longer has."""
        with self._database.write() as connection:
            if "orders" in names:
                withdraw_orders(connection, self._withdrawn())
            if "order_lines" in names:
                drop_surplus_lines(connection, self._lengths())

    def _write_table(self, name: str, told: Told, transaction: Callable[[], Any]) -> None:
        columns, source, order = _TABLES[name]
        present = {row[0]: row[1] for row in self._clean.execute(f"DESCRIBE {source}").fetchall()}
        selected = ", ".join(f"{self._value(column, present)} AS {quoted(column)}" for column in columns)
        rule = "WHERE _reason IS NULL" if "_reason" in present else ""
        keep = self._kept(name, present)
        # A cursor of its own: other queries run between its batches.
        rows = self._clean.cursor().execute(f"SELECT {selected} FROM {source} {rule} ORDER BY {order}")
        while batch := rows.fetchmany(_BATCH):
            with transaction() as connection:
                upsert_rows(connection, metadata.tables[name], columns, batch, keep)
            self._rows += len(batch)
            told(name, self._rows)

    def _kept(self, name: str, present: dict[str, str]) -> tuple[str, ...]:
        """Give columns of stored rows that this import knows nothing of: another source may have filled them."""
        if name == "customers":
            return tuple(column for column in _TABLES[name][0] if column not in present)
        if name != "products":
            return ()
        sales = () if self._knows_sales() else ("times_sold", "in_stock")
        return (*sales, *(column for column in TOLD if column not in present))

    def _number_lines(self) -> None:
        """Make `numbered_lines`: the good lines of each order, from 1 in the order of the source."""
        self._clean.execute(
            "CREATE TABLE numbered_lines AS "
            f"SELECT *, row_number() OVER (PARTITION BY order_id ORDER BY {ROW}) AS line "
            "FROM all_order_lines WHERE _reason IS NULL"
        )

    def _redemptions(self) -> list[Row]:
        query = "SELECT customer_id, offer_id, redeemed_at FROM all_redemptions WHERE _reason IS NULL"
        rows = self._clean.execute(f"{query} ORDER BY {ROW}").fetchall()
        return [(customer, offer, moment.replace(tzinfo=UTC)) for customer, offer, moment in rows]

    def _withdrawn(self) -> list[str]:
        """Give orders that an earlier import may have written and that are none any more."""
        query = "SELECT order_id FROM all_orders WHERE _reason IN (?, ?, ?)"
        reasons = [after_now("placed_at"), RETURN_ORDER, BARE]
        return [row[0] for row in self._clean.execute(query, reasons).fetchall()]

    def _lengths(self) -> dict[str, int]:
        query = "SELECT order_id, max(line) FROM numbered_lines GROUP BY order_id"
        if has_table(self._clean, "undone_orders"):
            query += " UNION ALL SELECT order_id, 0 FROM undone_orders"
        return dict(self._clean.execute(query).fetchall())

    def _returns(self) -> tuple[list[str], list[Row]]:
        rows = self._clean.execute(
            "SELECT return_id, line, part, order_id, customer_id, product_id, quantity, amount, returned_at FROM parts "
            "ORDER BY return_id, line, part"
        ).fetchall()
        return sorted({row[0] for row in rows}), [(*row[:-1], row[-1].replace(tzinfo=UTC)) for row in rows]

    def _ids(self, table: str, column: str) -> list[str]:
        query = f"SELECT DISTINCT {column} FROM {table} WHERE _reason IS NULL"
        return [row[0] for row in self._clean.execute(query).fetchall()]

    def _knows_sales(self) -> bool:
        found = self._clean.execute("SELECT 1 FROM sales LIMIT 1").fetchone()
        return found is not None

    def _value(self, column: str, present: dict[str, str]) -> str:
        if column not in present:
            return _DEFAULTS.get(column, "NULL")
        if present[column] == "TIMESTAMP":
            return f"strftime({quoted(column)}, {literal(self._moment_format)})"
        if column == "discount":
            return f"coalesce({quoted(column)}, 0)"
        return quoted(column)
