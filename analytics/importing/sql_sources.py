"""Sources in a database of the shop's: one SELECT, read in batches as text, by a connection that can write nothing."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from analytics.importing.errors import SourceError

_BATCH = 50_000
_SELECT = re.compile(r"\s*(?:select|with)\b", re.IGNORECASE)


class SqlSource:
    """A query of the mapping against the database whose address an environment variable holds.

    Parameters
    ----------
    name : the source's name in the mapping.
    query : one SELECT (or WITH … SELECT).
    variable : of the environment; its value is never shown.

    Raises
    ------
    SourceError
        The variable is not set, or what it holds is no address of a SQLite file or a PostgreSQL database.
    """

    def __init__(self, name: str, query: str, variable: str) -> None:
        self.name = name
        self._query = query.strip().rstrip(";").strip()
        if not _SELECT.match(self._query) or ";" in self._query:
            raise SourceError(f"sources.{name}.query: give one SELECT; nothing else is run on the shop's database.")
        address = os.environ.get(variable, "")
        if not address:
            raise SourceError(
                f"sources.{name}: the variable {variable} is not set; put the database's address into it."
            )
        self._variable = variable
        self._url = self._checked(address)

    def columns(self) -> list[str]:
        """Give the names of the query's columns.

        Raises
        ------
        SourceError
            The database does not answer, or refuses the query.
        """
        with self._connected() as connection:
            found = connection.execute(text(f"SELECT * FROM ({_escaped(self._query)}) AS asked WHERE 1 = 0"))  # noqa: S608
            return list(found.keys())

    def read(self, columns: Sequence[str]) -> pa.Table:
        """Give all rows of some columns, every value as text."""
        schema = pa.schema([(name, pa.string()) for name in columns])
        listed = ", ".join('"' + name.replace('"', '""') + '"' for name in columns)
        with self._connected() as connection:
            found = connection.execution_options(stream_results=True, yield_per=_BATCH).execute(
                text(f"SELECT {_escaped(listed)} FROM ({_escaped(self._query)}) AS asked")  # noqa: S608
            )
            batches = [
                pa.record_batch(
                    [
                        pa.array([_as_text(value) for value in column], pa.string())
                        for column in zip(*rows, strict=True)
                    ],
                    schema=schema,
                )
                for rows in found.partitions(_BATCH)
                if rows
            ]
        return pa.Table.from_batches(batches, schema=schema)

    def _checked(self, address: str) -> URL:
        try:
            url = make_url(address)
        except ArgumentError as error:
            raise SourceError(self._no_address()) from error
        if url.get_backend_name() == "postgresql":
            return url.set(drivername="postgresql+psycopg")
        if url.get_backend_name() != "sqlite" or not url.database or not Path(url.database).is_file():
            raise SourceError(self._no_address())
        return url

    def _no_address(self) -> str:
        return (
            f"sources.{self.name}: what {self._variable} holds is no address that can be read: give "
            "postgresql://user@host/database or sqlite:///file.db (a file that exists)."
        )

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        engine = self._engine()
        try:
            with engine.connect() as connection:
                # The option is the database's own lock; SQLite's file is opened for reading alone.
                safe = {"postgresql_readonly": True} if engine.dialect.name == "postgresql" else {}
                yield connection.execution_options(**safe)
        except SQLAlchemyError as error:
            cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
            why = " ".join(str(cause).split()) or type(cause).__name__
            raise SourceError(f"sources.{self.name}: the database of {self._variable} refuses: {why}") from error
        finally:
            engine.dispose()

    def _engine(self) -> Engine:
        if self._url.get_backend_name() == "sqlite":
            file = Path(str(self._url.database)).resolve().as_uri()
            return create_engine(
                "sqlite://", creator=lambda: sqlite3.connect(f"{file}?mode=ro", uri=True), poolclass=NullPool
            )
        return create_engine(self._url, poolclass=NullPool, hide_parameters=True)


def _escaped(sql: str) -> str:
    """Keep a colon of the shop's query from being read as a parameter."""
    return re.sub(r":(?=\w)", r"\\:", sql)


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    for kinds, write in _WRITERS:
        if isinstance(value, kinds):
            return write(value)
    return str(value)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


#: How a value is written by its type; the first that fits counts (a bool is an int, a datetime is a date).
_WRITERS: tuple[tuple[tuple[type, ...], Callable[[Any], str]], ...] = (
    ((bool,), lambda value: "true" if value else "false"),
    ((datetime,), lambda value: str(value.isoformat(sep=" "))),
    ((date,), lambda value: str(value.isoformat())),
    ((float,), _number),
    ((Decimal,), lambda value: format(value, "f")),
    ((dict, list), lambda value: json.dumps(value, ensure_ascii=False, default=str)),
    ((bytes, memoryview), lambda value: bytes(value).decode("utf-8", errors="replace")),
)
