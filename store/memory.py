"""The in-memory twin of the database, for tests: the same tables and repositories, gone when closed."""

from __future__ import annotations

from store.engine import Database, open_database
from store.tables import metadata


def memory_database() -> Database:
    """Give an empty database with all tables, held in memory."""
    database = open_database("sqlite://")
    with database.write() as connection:
        metadata.create_all(connection)
    return database
