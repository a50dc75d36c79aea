"""Changes of rows of any table, logged as they were and as they became, so that they can be taken back exactly."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, insert, select, update

from store.tables import merged_rows, metadata
from store.types import UtcDateTime

Values = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """One change; `what` is "changed", "removed" or "added"."""

    place: int
    table: Table
    what: str
    key: Values
    before: Values
    after: Values


class RowLog:
    """Changes rows in the caller's transaction and logs them under one merge."""

    def __init__(self, connection: Connection, merge_id: int) -> None:
        self._connection = connection
        self._merge_id = merge_id
        self._place = 0

    def change(self, table: Table, row: Mapping[str, Any], **values: Any) -> None:
        """Change columns of a stored row, given whole; its key may be among them. Equal values are left alone."""
        before = {name: row[name] for name in values if row[name] != values[name]}
        if not before:
            return
        after = {name: values[name] for name in before}
        self._connection.execute(update(table).where(_is(table, key_of(table, row))).values(**after))
        self._write(table, "changed", key_of(table, {**row, **after}), before, after)

    def remove(self, table: Table, row: Mapping[str, Any]) -> None:
        """Delete a stored row, given whole."""
        key = key_of(table, row)
        self._connection.execute(delete(table).where(_is(table, key)))
        self._write(table, "removed", key, dict(row), {})

    def add(self, table: Table, row: Values) -> None:
        """Insert a row."""
        made = self._connection.execute(insert(table).values(**row)).inserted_primary_key
        assert made is not None  # noqa: S101  (an insert of one row has a key)
        key = dict(zip((column.name for column in table.primary_key.columns), made, strict=True))
        stored = self._connection.execute(select(table).where(_is(table, key))).one()
        self._write(table, "added", key, {}, stored._asdict())

    def _write(self, table: Table, what: str, key: Values, before: Values, after: Values) -> None:
        self._place += 1
        self._connection.execute(
            insert(merged_rows).values(
                merge_id=self._merge_id,
                place=self._place,
                table_name=table.name,
                what=what,
                row_key=_plain(key),
                before=_plain(before),
                after=_plain(after),
            )
        )


def rows_where(connection: Connection, table: Table, column: str, value: str) -> list[Values]:
    """Give whole rows with a value in a column, by key."""
    query = select(table).where(table.c[column] == value).order_by(*table.primary_key.columns)
    return [row._asdict() for row in connection.execute(query)]


def logged_rows(connection: Connection, merge_id: int) -> list[Logged]:
    """Give what a merge changed, the last change first."""
    columns = merged_rows.c
    found = connection.execute(
        select(merged_rows).where(columns.merge_id == merge_id).order_by(columns.place.desc())
    ).all()
    return [
        Logged(
            place=row.place,
            table=(table := metadata.tables[row.table_name]),
            what=row.what,
            key=_typed(table, row.row_key),
            before=_typed(table, row.before),
            after=_typed(table, row.after),
        )
        for row in found
    ]


def is_as_left(connection: Connection, logged: Logged) -> bool:
    """Whether a row still is what the change made of it."""
    stored = connection.execute(select(logged.table).where(_is(logged.table, logged.key))).first()
    if logged.what == "removed":
        return stored is None
    if stored is None:
        return False
    now = stored._asdict()
    return all(now[name] == value for name, value in logged.after.items())


def take_back(connection: Connection, logged: Logged) -> None:
    """Make a row what it was before the change; a row that is gone meanwhile stays gone."""
    table, which = logged.table, _is(logged.table, logged.key)
    if logged.what == "removed":
        connection.execute(insert(table).values(**logged.before))
    elif logged.what == "added":
        connection.execute(delete(table).where(which))
    else:
        connection.execute(update(table).where(which).values(**logged.before))


def key_of(table: Table, row: Mapping[str, Any]) -> Values:
    """Give the primary key of a row."""
    return {column.name: row[column.name] for column in table.primary_key.columns}


def _is(table: Table, key: Values) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in key.items()))


def _plain(values: Mapping[str, Any]) -> Values:
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _typed(table: Table, values: Mapping[str, Any]) -> Values:
    return {name: _typed_value(table, name, value) for name, value in values.items()}


def _typed_value(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if value is None:
        return None
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return base64.b64decode(value) if kind.python_type is bytes else value
