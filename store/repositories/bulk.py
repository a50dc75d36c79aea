"""Many rows at once, into and out of SQLite and PostgreSQL, past the ORM's row-by-row handling.

Values are as the driver takes them: moments as text in UTC (see `moment_text`), JSON as text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table

Row = Sequence[Any]

#: Whether a column is one of many ids, given as one parameter: a list of any length without a statement of its own.
AMONG = {"sqlite": "IN (SELECT value FROM json_each(?))", "postgresql": "= ANY(%s)"}


def upsert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row], keep: Sequence[str] = ()
) -> None:
    """Insert rows, or bring stored ones with the same primary key up to date. Rows that are equal are not touched.

    Parameters
    ----------
    connection : in a write transaction.
    columns : the columns of `rows`, in order, the primary key among them.
    keep : columns that are set on insert only; stored rows keep theirs.
    """
    if connection.dialect.name == "sqlite":
        values = f"VALUES ({', '.join('?' * len(columns))})"
        _driver(connection).executemany(_statement(table, columns, keep, values, "IS NOT"), rows)
        return
    stage = f"stage_{table.name}"
    listed = ", ".join(columns)
    connection.exec_driver_sql(f"CREATE TEMP TABLE {stage} (LIKE {table.name} INCLUDING DEFAULTS) ON COMMIT DROP")
    # Columns that are not in the rows may be NOT NULL in the table; in the stage they are simply empty.
    for column in table.columns:
        if column.name not in columns:
            connection.exec_driver_sql(f"ALTER TABLE {stage} DROP COLUMN {column.name}")
    with _driver(connection).cursor() as cursor, cursor.copy(f"COPY {stage} ({listed}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    staged = f"SELECT {listed} FROM {stage}"  # noqa: S608  (names of our own tables and columns)
    connection.exec_driver_sql(_statement(table, columns, keep, staged, "IS DISTINCT FROM"))
    connection.exec_driver_sql(f"DROP TABLE {stage}")


def read_columns(connection: Connection, query: str, *, streamed: bool = False) -> Iterator[list[Row]]:
    """Run a query and give its rows as plain tuples, many at a time.

    Parameters
    ----------
    streamed : leave in PostgreSQL what was not asked for yet. Else the driver fetches the whole result, which is
        quicker where memory holds it. SQLite always streams.
    """
    named = {"name": "streamed"} if streamed and connection.dialect.name == "postgresql" else {}
    cursor = _driver(connection).cursor(**named)
    try:
        cursor.execute(query)
        while rows := cursor.fetchmany(20_000):
            yield rows
    finally:
        cursor.close()


def rows_among(connection: Connection, queries: Mapping[str, str], ids: Sequence[str]) -> list[Row]:
    """Run a query about many ids and give its rows as plain tuples, at once.

    Parameters
    ----------
    queries : by the database's name; each has one parameter, the ids as `AMONG` reads them.
    """
    sqlite = connection.dialect.name == "sqlite"
    cursor = _driver(connection).cursor()
    try:
        cursor.execute(queries[connection.dialect.name], (json.dumps(ids) if sqlite else ids,))
        found: list[Row] = cursor.fetchall()
    finally:
        cursor.close()
    return found


def write_many(connection: Connection, statements: Mapping[str, str], rows: Sequence[Row]) -> None:
    """Run a statement for many rows, past SQLAlchemy; none is no fault.

    Parameters
    ----------
    statements : by the database's name, with the placeholders of its driver.
    """
    if rows:
        cursor = _driver(connection).cursor()
        try:
            cursor.executemany(statements[connection.dialect.name], rows)
        finally:
            cursor.close()


def moment_text(connection: Connection, moment: datetime) -> str:
    """Give a moment as text that the connection's database reads as UTC."""
    text = f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    return text if connection.dialect.name == "sqlite" else f"{text}+00"


def _statement(table: Table, columns: Sequence[str], keep: Sequence[str], values: str, differs: str) -> str:
    key = [column.name for column in table.primary_key.columns]
    changed = [column for column in columns if column not in key and column not in keep]
    listed = ", ".join(columns)
    statement = f"INSERT INTO {table.name} ({listed}) {values} ON CONFLICT ({', '.join(key)})"
    if not changed:
        return f"{statement} DO NOTHING"
    updates = ", ".join(f"{column} = excluded.{column}" for column in changed)
    different = " OR ".join(f"{table.name}.{column} {differs} excluded.{column}" for column in changed)
    return f"{statement} DO UPDATE SET {updates} WHERE {different}"


def _driver(connection: Connection) -> Any:
    """Give the driver's own connection, in the same transaction."""
    return connection.connection.driver_connection
