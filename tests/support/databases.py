"""Empty databases of both kinds for tests: a SQLite file, and a PostgreSQL database.

The migrations run once for each kind. Of SQLite's file every test gets a copy. PostgreSQL takes seconds to make a
database with its tables and to drop it: so those that were made are emptied, kept for the tests that follow, and
dropped when all tests are done.
"""

from __future__ import annotations

import functools
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

from store.engine import Database, open_database
from store.migrate import upgrade
from store.tables import metadata

#: A server on this machine where the test may make and drop databases of its own.
POSTGRES = os.environ.get("RAPPORT_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
#: The addresses of those that are made and empty, and what drops all that were kept.
_free: list[str] = []
_kept = ExitStack()


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """Make a database without any table, give its URL, drop it; skips where no server answers."""
    server = make_url(POSTGRES)
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        admin = psycopg.connect(address, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers; name one with RAPPORT_TEST_POSTGRES to run this test")
    name = f"rapport_test_{uuid.uuid4().hex[:12]}"
    with admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield server.set(database=name).render_as_string(hide_password=False)
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def migrated_database(kind: str, file: Path) -> Iterator[Database]:
    """Give a database that the migrations made: "sqlite" in a file, or "postgresql" (skips where no server answers)."""
    if kind == "postgresql":
        with migrated_postgres() as opened:
            yield opened
        return
    opened = migrated_file(file)
    yield opened
    opened.close()


def migrated_file(file: Path) -> Database:
    """Give a SQLite database that the migrations made, in a new file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_migrated_bytes())
    return open_database(f"sqlite:///{file}")


@functools.cache
def _migrated_bytes() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "migrated.db")
        _migrated_at(f"sqlite:///{file}")
        return file.read_bytes()


@contextmanager
def migrated_postgres() -> Iterator[Database]:
    """Give a PostgreSQL database with all tables and no row; skips where no server answers."""
    url = _free.pop() if _free else _migrated_at(_kept.enter_context(temporary_postgres()))
    opened = open_database(url)
    try:
        yield opened
        _empty(opened)
        _free.append(url)  # one that could not be emptied is not given again
    finally:
        opened.close()


def drop_kept_databases() -> None:
    """Drop what was kept; called once, when all tests are done."""
    _free.clear()
    _kept.close()


def _migrated_at(url: str) -> str:
    opened = open_database(url)
    upgrade(opened)
    opened.close()
    return url


def _empty(database: Database) -> None:
    """Delete every row and let the numbers begin anew; the tables have to be those that the migrations made."""
    found = set(inspect(database.engine).get_table_names()) - {"alembic_version"}
    assert found == set(metadata.tables), f"the test left other tables behind: {found ^ set(metadata.tables)}"
    with database.write() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))  # a connection that was left open would hang us
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        connection.execute(
            text("SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false) FROM pg_sequences")
        )
