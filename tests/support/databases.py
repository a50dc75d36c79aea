"""Empty databases of both kinds for tests: a SQLite file, and a PostgreSQL database of the test's own."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from store.engine import Database, open_database
from store.migrate import upgrade

#: A server on this machine where the test may make and drop databases of its own.
POSTGRES = os.environ.get("RAPPORT_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """Make a database, give its URL, drop it; skips where no server answers."""
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
    if kind == "sqlite":
        with _migrated(f"sqlite:///{file}") as opened:
            yield opened
        return
    with temporary_postgres() as url, _migrated(url) as opened:
        yield opened


@contextmanager
def _migrated(url: str) -> Iterator[Database]:
    opened = open_database(url)
    upgrade(opened)
    yield opened
    opened.close()
