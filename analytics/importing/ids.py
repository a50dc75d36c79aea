"""Keys of cleaned rows: repeated ones, and those that rows of later tables may refer to."""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa

from analytics.importing.readers import ROW, literal, quoted
from analytics.importing.targets import TARGETS


def mark_duplicates(connection: duckdb.DuckDBPyConnection, name: str, key: tuple[str, ...]) -> None:
    """Reject good rows that repeat the key of an earlier good row."""
    table = quoted(f"all_{name}")
    columns = ", ".join(quoted(column) for column in key)
    repeated = (
        f"SELECT {ROW} FROM {table} WHERE _reason IS NULL "
        f"QUALIFY row_number() OVER (PARTITION BY {columns} ORDER BY {ROW}) > 1"
    )
    connection.execute(
        f"UPDATE {table} SET _reason = {literal('duplicate of ' + ', '.join(key))} WHERE {ROW} IN ({repeated})"
    )


def remember_ids(connection: duckdb.DuckDBPyConnection, name: str, stored: Iterable[str]) -> None:
    """Make `ids_<name>`: ids that rows of later tables may refer to, good ones of this import and stored ones.

    This import's verdict on an id wins over its being stored already.
    """
    table = quoted(f"ids_{name}")
    connection.execute(f"CREATE TABLE {table} (id VARCHAR, ok BOOLEAN)")
    if has_table(connection, f"all_{name}"):
        key = quoted(TARGETS[name].key[0])
        connection.execute(
            f"INSERT INTO {table} SELECT {key}, bool_or(_reason IS NULL) FROM {quoted('all_' + name)} "
            f"WHERE {key} IS NOT NULL GROUP BY {key}"
        )
    ids = list(stored)
    if ids:
        connection.execute(
            f"INSERT INTO {table} SELECT id, true FROM (SELECT unnest(?::VARCHAR[]) AS id) "
            f"WHERE id NOT IN (SELECT id FROM {table})",
            [ids],
        )


def redirect(connection: duckdb.DuckDBPyConnection, name: str, kept: Mapping[str, str]) -> None:
    """Give rows of customers that are merged into others to those; a merged customer's own row is left out.

    Parameters
    ----------
    name : a table of ours with customers, cleaned.
    kept : {merged customer: the one who stays}.
    """
    if not kept or "customer_id" not in columns_of(connection, f"all_{name}"):
        return
    table = quoted(f"all_{name}")
    connection.register("merged_away", pa.table({"gone": list(kept.keys()), "stays": list(kept.values())}))
    if name == "customers":
        connection.execute(
            f"UPDATE {table} SET _reason = 'merged into another customer' "
            "WHERE _reason IS NULL AND customer_id IN (SELECT gone FROM merged_away)"
        )
    else:
        connection.execute(f"UPDATE {table} SET customer_id = m.stays FROM merged_away m WHERE customer_id = m.gone")
    connection.unregister("merged_away")


def has_table(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether a DuckDB table exists."""
    return bool(connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [name]).fetchone())


def columns_of(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    """Give the names of a DuckDB table's columns."""
    return {row[0] for row in connection.execute(f"DESCRIBE {quoted(table)}").fetchall()}
