"""The registry of trained models: a file under the artifact folder and a row that vouches for its bytes.

`ArtifactRegistry.save` writes the file first and the row second, so that a row never names a half-written file.
Arrays are kept as npz without pickles: loading an artifact never runs code.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from analytics.facade import AnalyticsUnavailable
from store.engine import Database
from store.repositories.artifacts import (
    ArtifactRow,
    activate_artifact,
    active_artifact,
    artifact_version,
    artifact_versions,
    forget_artifact,
)

Arrays = Mapping[str, NDArray[Any]]

#: Versions of one name that stay on disk: the one in use and two to go back to.
KEPT_VERSIONS = 3
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")


class ArtifactMissing(AnalyticsUnavailable):
    """Nothing of that name was built, or its file is gone."""


class ArtifactDamaged(AnalyticsUnavailable):
    """The file's bytes are not the ones that were saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """One loaded version; `content` is exactly what was saved, its hash checked."""

    name: str
    version: str
    content: bytes
    metrics: dict[str, Any]
    created_at: datetime

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give the arrays of an artifact that was saved as arrays."""
        with np.load(io.BytesIO(self.content), allow_pickle=False) as stored:
            return {key: stored[key] for key in stored.files}


class ArtifactRegistry:
    """Saves and loads artifacts of one installation.

    Parameters
    ----------
    database : keeps a row per version in the table `artifacts`.
    directory : the artifact folder; made when the first artifact is saved.
    """

    def __init__(self, database: Database, directory: Path) -> None:
        self._database = database
        self._directory = directory

    def save(
        self,
        name: str,
        content: bytes | Arrays,
        *,
        metrics: Mapping[str, Any] | None = None,
        now: datetime | None = None,
        connection: Connection | None = None,
    ) -> str:
        """Write an artifact and make it the one in use.

        Parameters
        ----------
        name : lower-case letters, digits and underscores, at most 40: "segments", "recommender".
        content : bytes, or named arrays without objects (text as NumPy strings).
        metrics : measured quality, kept beside the hash; must be JSON.
        now : moment of building, aware; the present by default.
        connection : an open write transaction, when the activation is to be part of it; else one of its own.

        Returns
        -------
        str
            The version: moment of building and the first letters of the hash.

        Raises
        ------
        ValueError
            The name breaks the rule, or an array holds Python objects.
        """
        if not _NAME.match(name):
            raise ValueError(f"artifact name {name!r}: use lower-case letters, digits and underscores, at most 40")
        built_at = now or datetime.now(UTC)
        data = content if isinstance(content, bytes) else _packed(content)
        digest = hashlib.sha256(data).hexdigest()
        version = f"{built_at.astimezone(UTC):%Y%m%dT%H%M%S}-{digest[:8]}"
        path = f"{name}/{version}.bin"
        _write_durably(self._directory / path, data)
        row = ArtifactRow(
            name=name,
            version=version,
            path=path,
            sha256=digest,
            metrics=dict(metrics or {}),
            active=True,
            created_at=built_at,
        )
        if connection is not None:
            activate_artifact(connection, row)
            return version
        with self._database.write() as own:
            activate_artifact(own, row)
        self.prune(name)
        return version

    def load(self, name: str, version: str | None = None) -> Artifact:
        """Read an artifact, the one in use unless a version is given, and check its hash.

        Raises
        ------
        ArtifactMissing, ArtifactDamaged
            Both are `AnalyticsUnavailable`; the message says which command builds it anew.
        """
        with self._database.read() as connection:
            row = active_artifact(connection, name) if version is None else artifact_version(connection, name, version)
        if row is None:
            wanted = name if version is None else f"{name} {version}"
            raise ArtifactMissing(f"There is no artifact {wanted!r} yet; run `rapport {name}` to build it.")
        file = self._directory / row.path
        try:
            content = file.read_bytes()
        except OSError as error:
            raise ArtifactMissing(
                f"Artifact file {file} cannot be read; run `rapport {name}` to rebuild it."
            ) from error
        if hashlib.sha256(content).hexdigest() != row.sha256:
            raise ArtifactDamaged(f"Artifact file {file} was changed or damaged; run `rapport {name}` to rebuild it.")
        return Artifact(
            name=row.name, version=row.version, content=content, metrics=row.metrics, created_at=row.created_at
        )

    def active_version(self, name: str) -> str | None:
        """Give the version in use without reading its file; None where none was built. Cheap enough to poll."""
        with self._database.read() as connection:
            row = active_artifact(connection, name)
        return None if row is None else row.version

    def prune(self, name: str) -> None:
        """Delete inactive versions beyond the newest `KEPT_VERSIONS`, rows before files."""
        with self._database.read() as connection:
            old = [row.version for row in artifact_versions(connection, name)[KEPT_VERSIONS:] if not row.active]
        self.forget(name, old)

    def forget(self, name: str, versions: Sequence[str]) -> None:
        """Delete these versions where they are not in use, rows before files."""
        gone = []
        with self._database.write() as connection:
            for row in artifact_versions(connection, name):
                if row.version in versions and not row.active:
                    forget_artifact(connection, name, row.version)
                    gone.append(row)
        for row in gone:
            (self._directory / row.path).unlink(missing_ok=True)


def _packed(arrays: Arrays) -> bytes:
    """Pack arrays as npz; objects are refused because reading them back would need pickle."""
    objects = sorted(key for key, values in arrays.items() if values.dtype.hasobject)
    if objects:
        raise ValueError(f"arrays {', '.join(objects)} hold Python objects; give them a NumPy text or number type")
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **dict(arrays))
    return buffer.getvalue()


def _write_durably(file: Path, data: bytes) -> None:
    """Write beside, flush to disk, rename: a reader sees the whole file or none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{uuid4().hex}")
    with beside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)
