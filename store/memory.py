"""The in-memory twin of the database, for tests: the same tables and repositories, gone when closed."""

from __future__ import annotations

import functools
from typing import Any

from store.engine import Database, open_database
from store.tables import metadata


def memory_database() -> Database:
    """Give an empty database with all tables, held in memory."""
    database = open_database("sqlite://")
    with database.engine.connect() as connection:
        _driver(connection).deserialize(_empty_tables())
    return database


@functools.cache
def _empty_tables() -> bytes:
    """Make the tables once for all databases of this process: a copy costs a fiftieth."""
    database = open_database("sqlite://")
    with database.write() as connection:
        metadata.create_all(connection)
    with database.engine.connect() as connection:
        made = bytes(_driver(connection).serialize())
    database.close()
    return made


def _driver(connection: Any) -> Any:
    return connection.connection.driver_connection
