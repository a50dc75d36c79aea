"""What was built from which data: the moments by which the schedule decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from store.engine import Database
from store.repositories.artifacts import active_artifact
from store.tables import import_runs

#: Artifacts that a refresh builds; without one of them the bot cannot do its work.
NEEDED = ("segments", "recommender")


@dataclass(frozen=True, slots=True)
class Built:
    """The last finished import, and when the oldest of the needed artifacts was built; None where there is none."""

    imported_at: datetime | None
    built_at: datetime | None

    @property
    def outdated(self) -> bool:
        """Whether there is data that the artifacts do not know."""
        return self.imported_at is not None and (self.built_at is None or self.built_at < self.imported_at)


def read_built(database: Database) -> Built:
    """Look both up."""
    with database.read() as connection:
        imported_at = connection.execute(select(func.max(import_runs.c.finished_at))).scalar_one_or_none()
        rows = [active_artifact(connection, name) for name in NEEDED]
    moments = [row.created_at for row in rows if row is not None]
    return Built(imported_at, min(moments) if len(moments) == len(NEEDED) else None)
