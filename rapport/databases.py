"""Opening the installation's database, and saying in one line why it cannot be used."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from rapport.errors import DatabaseError
from rapport.settings import Settings
from store.engine import Database, open_database
from store.migrate import current, head


def open_any(settings: Settings) -> Database:
    """Open the database whatever the state of its tables.

    Raises
    ------
    DatabaseError
        It cannot be reached.
    """
    try:
        database = open_database(settings.database)
        with database.read() as connection:
            connection.exec_driver_sql("SELECT 1")
    except (DBAPIError, OSError) as error:
        raise DatabaseError(_unreachable(settings, error)) from error
    return database


def open_ready(settings: Settings) -> Database:
    """Open the database, its tables at this program's version.

    Raises
    ------
    DatabaseError
        It cannot be reached, or `rapport migrate` has to run first.
    """
    database = open_any(settings)
    revision = current(database)
    if revision != head():
        database.close()
        state = "has no tables yet" if revision is None else f"is at revision {revision}, this program at {head()}"
        raise DatabaseError(f"The database {state}: run `rapport migrate`.")
    return database


def shown_address(settings: Settings) -> str:
    """Give the database's address as a person may see it: without its password."""
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite":
        return str(Path(str(url.database)))
    return url.render_as_string(hide_password=True)


def _unreachable(settings: Settings, error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    why = " ".join(str(cause).split()) or type(cause).__name__
    return f"The database {shown_address(settings)} cannot be opened ({why}): start it or mend RAPPORT_DATABASE_URL."
