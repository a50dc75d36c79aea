"""Opening the database: SQLite (WAL, durable commits, one writer at a time) or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool


class Database:
    """One database and the two ways in: `read()` and `write()`.

    Both are plain (synchronous) context managers; a process with an event loop calls them from a thread.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded default is in use."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one consistent snapshot and changes nothing."""
        with self.engine.connect() as connection:
            # The driver begins nothing by itself (see `_prepare_sqlite`); in memory all share one connection,
            # which can be in one transaction only.
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            elif not isinstance(self.engine.pool, StaticPool):
                connection.exec_driver_sql("BEGIN")
            yield connection
            connection.rollback()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection in a transaction: committed at the end, rolled back on any exception."""
        with self.engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.begin()  # else rows that are written past SQLAlchemy alone would not be committed
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def close(self) -> None:
        """Close all pooled connections."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open the database behind an SQLAlchemy URL.

    Parameters
    ----------
    url : "sqlite:///var/rapport.db", "sqlite://" (in memory, for tests) or "postgresql+psycopg://…".

    Returns
    -------
    Database
        Nothing is created here but the folder of a SQLite file: tables come from the migrations. Errors don't show the
        values of a statement: they end in logs, and a customer's words must not.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return Database(create_engine(parsed, pool_pre_ping=True, hide_parameters=True))
    in_memory = parsed.database in (None, "", ":memory:")
    if in_memory:
        engine = create_engine(
            parsed, poolclass=StaticPool, connect_args={"check_same_thread": False}, hide_parameters=True
        )
    else:
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"timeout": 10}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    return Database(engine)


def _prepare_sqlite(dbapi_connection: Any, _record: Any) -> None:
    """Set what SQLite keeps per connection.

    `isolation_level = None` hands transactions to `Database.write`: the driver's own implicit BEGIN is deferred, so
    two writers that both read first would fail with "database is locked" instead of waiting. synchronous=FULL,
    because a message that was acknowledged must survive a power cut, not only a crash.
    """
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "cache_size=-65536",
        # A batch of events changes some two megabytes of pages; copied back every four (the default) they cost a
        # second sync for nearly each of them.
        "wal_autocheckpoint=4000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
