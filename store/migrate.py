"""Bringing a database's tables to the version of this program, and back: Alembic, configured in code.

The revisions lie in `store/migrations/versions`, oldest first. All of an upgrade happens in one transaction, on SQLite
as on PostgreSQL: a process that dies in the middle leaves the database as it was.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from store.engine import Database

#: Any number that nobody else locks: two processes that upgrade the same PostgreSQL at once wait for one another.
_UPGRADE_LOCK = 7_274_010


class UnknownRevisionError(RuntimeError):
    """The database was written by a newer version of the program than this one."""


def head() -> str:
    """Give the revision that this program's tables belong to."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None, "store/migrations/versions holds no revision"  # noqa: S101 - a broken installation
    return revision


def current(database: Database) -> str | None:
    """Give the revision of the database's tables; None for an empty database."""
    with database.read() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(database: Database, revision: str = "head") -> str:
    """Bring the tables up to a revision, the newest by default; does nothing when they are there already.

    Returns
    -------
    str
        The revision the tables have now.

    Raises
    ------
    UnknownRevisionError
        The tables belong to a newer program.
    """
    with database.write() as connection:
        _lock(connection)
        before = MigrationContext.configure(connection).get_current_revision()
        _refuse_unknown(before)
        command.upgrade(_config(connection), revision)
        after = MigrationContext.configure(connection).get_current_revision()
    return str(after)


def downgrade(database: Database, revision: str = "base") -> None:
    """Take the tables back to an older revision ("base": none at all). What they held beyond it is gone."""
    with database.write() as connection:
        _lock(connection)
        command.downgrade(_config(connection), revision)


def _config(connection: Connection | None = None) -> Config:
    """Give Alembic's configuration; there is no ini file, so nothing can disagree with the settings."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _lock(connection: Connection) -> None:
    """Wait for another process's upgrade. On SQLite `Database.write` has taken the only write lock already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})


def _refuse_unknown(revision: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision is not None and revision not in known:
        raise UnknownRevisionError(
            f"the database is at revision {revision!r}, which this program does not know: it was written by a newer "
            "version. Run that version, or restore a backup made before the upgrade."
        )
