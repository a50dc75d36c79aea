"""Statements of features and segments inside PostgreSQL: what they need beside the shop's tables, and their results."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from store.repositories.bulk import Row
from store.tables import orders, products

#: Sorting and hashing within this, and no machine code for one run: making that takes longer than a whole shop.
_SETTINGS = ("SET LOCAL work_mem = '256MB'", "SET LOCAL jit = off")


def first_order(connection: Connection) -> datetime | None:
    """Give the moment of the first order; None without orders."""
    found: datetime | None = connection.execute(select(func.min(orders.c.placed_at))).scalar()
    return found


def product_kinds(connection: Connection) -> list[tuple[str | None, str | None]]:
    """Give every (category, department) of what is or was for sale, once."""
    asked = select(products.c.category, products.c.department).where(products.c.price.is_not(None)).distinct()
    return [(row[0], row[1]) for row in connection.execute(asked)]


def put_codes(connection: Connection, table: str, rows: Iterable[Row]) -> None:
    """Make the temporary table of the kinds' codes: kind, category, department, and the names of the latter two.

    It goes with the caller's transaction.
    """
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE {table} (kind integer, category bigint, department bigint, category_name text, "
        "department_name text) ON COMMIT DROP"
    )
    with _driver(connection).cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    connection.exec_driver_sql(f"ANALYZE {table}")


def csv_of(connection: Connection, query: str) -> bytes:
    """Run a query and give its result as CSV with a header: a tenth of the time of rows one by one."""
    for setting in _SETTINGS:
        connection.exec_driver_sql(setting)
    with _driver(connection).cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)") as copy:
        return b"".join(bytes(part) for part in copy)


def rows_of(connection: Connection, query: str) -> list[dict[str, Any]]:
    """Run a query whose result is small, and give its rows by column."""
    for setting in _SETTINGS:
        connection.exec_driver_sql(setting)
    return [dict(row._mapping) for row in connection.exec_driver_sql(query)]


def _driver(connection: Connection) -> Any:
    """Give the driver's own connection, in the same transaction."""
    return connection.connection.driver_connection
