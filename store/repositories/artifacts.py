"""Rows of trained models: which version of which artifact exists, and which one is in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from store.tables import artifacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtifactRow:
    """One stored version of an artifact; `path` is relative to the artifact folder."""

    name: str
    version: str
    path: str
    sha256: str
    metrics: dict[str, Any]
    active: bool
    created_at: datetime


def activate_artifact(connection: Connection, row: ArtifactRow) -> None:
    """Write the row as the only active version of its name; the version may exist already (same bytes again)."""
    connection.execute(update(artifacts).where(artifacts.c.name == row.name).values(active=False))
    known = (artifacts.c.name == row.name) & (artifacts.c.version == row.version)
    values = {"path": row.path, "sha256": row.sha256, "metrics": row.metrics, "active": True}
    changed = connection.execute(update(artifacts).where(known).values(**values))
    if changed.rowcount == 0:
        connection.execute(
            insert(artifacts).values(name=row.name, version=row.version, created_at=row.created_at, **values)
        )


def active_artifact(connection: Connection, name: str) -> ArtifactRow | None:
    """Give the version in use; None where nothing of that name was ever built."""
    found = connection.execute(select(artifacts).where(artifacts.c.name == name, artifacts.c.active)).first()
    return None if found is None else _row(found)


def artifact_version(connection: Connection, name: str, version: str) -> ArtifactRow | None:
    """Give one version by name, active or not."""
    found = connection.execute(
        select(artifacts).where(artifacts.c.name == name, artifacts.c.version == version)
    ).first()
    return None if found is None else _row(found)


def artifact_versions(connection: Connection, name: str) -> list[ArtifactRow]:
    """Give all versions of a name, newest first."""
    query = select(artifacts).where(artifacts.c.name == name)
    return [_row(row) for row in connection.execute(query.order_by(artifacts.c.created_at.desc()))]


def forget_artifact(connection: Connection, name: str, version: str) -> None:
    """Delete the row of one inactive version."""
    connection.execute(
        delete(artifacts).where(artifacts.c.name == name, artifacts.c.version == version, ~artifacts.c.active)
    )


def _row(found: Row[Any]) -> ArtifactRow:
    return ArtifactRow(**found._asdict())
