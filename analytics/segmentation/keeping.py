"""Versions of the segments: writing one, reading the one in use, going back to an earlier one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from analytics.artifacts.registry import Artifact, ArtifactMissing, ArtifactRegistry
from analytics.segment_records import SegmentVersion, VersionKind
from analytics.segmentation.figures import Columns
from analytics.segmentation.history import with_sizes
from analytics.segmentation.model import ARTIFACT, SegmentModel, from_arrays
from analytics.segmentation.seen import Seen, members_from, seen_arrays, seen_from
from store.engine import Database
from store.repositories.artifacts import active_artifact, artifact_versions
from store.repositories.profiles import segment_members
from store.repositories.segment_moves import SegmentMoveRow, add_moves
from store.repositories.segments import write_segments

#: Versions to go back to, beside the one in use.
KEPT = 4


@dataclass(frozen=True, slots=True)
class Kept:
    """One version, read back."""

    version: str
    created_at: datetime
    metrics: dict[str, Any]
    model: SegmentModel
    seen: Seen
    members: dict[str, int]


def read_kept(database: Database, artifacts_dir: Path, version: str | None = None) -> Kept:
    """Read a version, the one in use unless another is named.

    Raises
    ------
    AnalyticsUnavailable
        There is none, its file is gone or damaged, or it was made by an earlier program.
    """
    return _kept(ArtifactRegistry(database, artifacts_dir).load(ARTIFACT, version))


def keep(
    database: Database,
    artifacts_dir: Path,
    made: tuple[SegmentModel, Seen, Mapping[str, int]],
    metrics: Mapping[str, Any],
    now: datetime,
) -> str:
    """Save a version as the one in use, with names, portraits and memberships, in one transaction; give its name.

    Parameters
    ----------
    made : the model, what is seen of it, and {customer id: segment id}.
    metrics : kept beside its hash; `kind` is "rebuild", "update" or "rollback". Sizes so far are carried on in them.
    """
    model, seen, members = made
    registry = ArtifactRegistry(database, artifacts_dir)
    described = [
        {"segment_id": one.segment_id, "name": one.name, "portrait": one.portrait, "size": one.size, "means": one.means}
        for one in seen.segments
    ]
    arrays: dict[str, NDArray[Any]] = {**model.to_arrays(), **seen_arrays(seen, members)}
    names = {one.segment_id: one.name for one in seen.segments}
    with database.write() as connection:
        before, in_use = segment_members(connection), active_artifact(connection, ARTIFACT)
        history = with_sizes(in_use.metrics if in_use else {}, members.values(), now)
        version = registry.save(ARTIFACT, arrays, metrics={**metrics, **history}, now=now, connection=connection)
        write_segments(connection, version, described, dict(members))
        why = "rollback" if metrics["kind"] == "rollback" else "rebuild"
        add_moves(
            connection,
            (
                SegmentMoveRow(
                    customer_id=customer, from_segment=came_from, to_segment=segment, name=names.get(segment, ""),
                    model_version=version, why=why, at=now,
                )
                for customer, segment in members.items()
                if (came_from := before.get(customer)) is not None and came_from != segment
            ),
        )  # fmt: skip
    _prune(registry, database)
    return version


def next_id(connection: Connection) -> int:
    """Give the first segment id that no version ever used."""
    return max((int(row.metrics.get("next_id", 1)) for row in artifact_versions(connection, ARTIFACT)), default=1)


def members_now(database: Database) -> dict[str, int]:
    """Give {customer id: segment id} as of now: events may have moved customers since the model was made."""
    with database.read() as connection:
        return segment_members(connection)


def versions(database: Database) -> tuple[SegmentVersion, ...]:
    """List all versions, newest first."""
    with database.read() as connection:
        rows = artifact_versions(connection, ARTIFACT)
    return tuple(
        SegmentVersion(
            version=row.version,
            kind=_kind(row.metrics),
            built_at=row.created_at,
            active=row.active,
            customers=int(row.metrics.get("customers", 0)),
            segments=tuple(row.metrics.get("names", ())),
            silhouette=row.metrics.get("silhouette"),
            stability=row.metrics.get("stability"),
            sha256=row.sha256,
        )
        for row in rows
    )


def version_before(database: Database, version: str | None = None) -> str:
    """Give the version to go back to.

    Parameters
    ----------
    version : the one that is wished; None: the last one that was found anew before the one in use.

    Raises
    ------
    ArtifactMissing
        There is no such version, or nothing to go back to; the message lists what there is.
    """
    with database.read() as connection:
        rows = artifact_versions(connection, ARTIFACT)
    others = [row for row in rows if not row.active]
    if version is not None:
        if version not in [row.version for row in others]:
            known = ", ".join(row.version for row in others) or "none"
            raise ArtifactMissing(f"There are no earlier segments {version!r}; there are: {known}.")
        return version
    origins = {row.metrics.get("of") for row in rows if row.active}
    before = [row.version for row in others if row.version not in origins and _kind(row.metrics) == "rebuild"]
    if not before:
        raise ArtifactMissing("There are no earlier segments to go back to.")
    return before[0]


class FiguresHash:
    """A hash of the figures that a model was made of, fed piece by piece: the same figures, the same hash."""

    def __init__(self) -> None:
        self._ids, self._figures = hashlib.sha256(), hashlib.sha256()

    def add(self, ids: Sequence[str], columns: Columns) -> None:
        """Add customers; their order counts, the pieces in which they come do not."""
        self._ids.update("".join(f"{one}\n" for one in ids).encode())
        rows = np.column_stack([columns[name] for name in sorted(columns)])
        self._figures.update(np.ascontiguousarray(rows, dtype="<f8").tobytes())

    def hexdigest(self) -> str:
        """Give the hash of all that was added."""
        return hashlib.sha256(self._ids.digest() + self._figures.digest()).hexdigest()


def data_hash(ids: Sequence[str], columns: Columns) -> str:
    """Give the hash of all figures at once."""
    whole = FiguresHash()
    whole.add(ids, columns)
    return whole.hexdigest()


def _kept(artifact: Artifact) -> Kept:
    arrays = artifact.arrays()
    try:
        model, seen, members = from_arrays(arrays), seen_from(arrays), members_from(arrays)
    except KeyError as error:
        raise ArtifactMissing(
            f"Segments {artifact.version} were made by an earlier program; run `rapport segments` to find them anew."
        ) from error
    return Kept(artifact.version, artifact.created_at, artifact.metrics, model, seen, members)


def _kind(metrics: Mapping[str, Any]) -> VersionKind:
    kind: VersionKind = metrics.get("kind", "rebuild")
    return kind


def _prune(registry: ArtifactRegistry, database: Database) -> None:
    """Forget updates that are not in use any more, and rebuilds beyond the newest `KEPT`."""
    with database.read() as connection:
        rows = artifact_versions(connection, ARTIFACT)
    rebuilds = [row for row in rows if _kind(row.metrics) == "rebuild"]
    origins = {str(row.metrics.get("of")) for row in rows if row.active}
    old = [row for row in rebuilds[KEPT:] if row.version not in origins]
    old += [row for row in rows if _kind(row.metrics) != "rebuild"]
    registry.forget(ARTIFACT, [row.version for row in old if not row.active])
