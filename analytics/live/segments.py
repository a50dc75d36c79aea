"""The segment that follows her at once: where her figures put her now, with a rule that keeps her from flickering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import structlog
from pydantic_core import from_json
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from analytics.artifacts.registry import ArtifactRegistry
from analytics.facade import AnalyticsUnavailable
from analytics.segmentation.model import ARTIFACT, SegmentModel, from_arrays
from analytics.snapshot import CHECK_EVERY, Snapshot
from store.engine import Database
from store.repositories.artifacts import active_artifact
from store.repositories.profiles import segments_of_version

log = structlog.get_logger(__name__)

#: She changes her segment when another is nearer by this share of the distance to her present one. Two that are about
#: equally near would take turns with every order.
CLEARLY = 0.15


@dataclass(frozen=True, slots=True)
class LiveModel:
    """The segment model in use, and the names of its segments."""

    version: str
    model: SegmentModel
    names: Mapping[int, str]


def chosen_segment(
    distances: Sequence[float], ids: Sequence[int], present: int | None, clearly: float = CLEARLY
) -> int:
    """Give the segment she is in now.

    Parameters
    ----------
    distances : to each segment, not negative, one at least.
    ids : of the segments, in the same order.
    present : where she is; None or an id that the model does not have: she gets the nearest.
    clearly : 0..1; see `CLEARLY`.

    Returns
    -------
    int
        Her present segment, unless the nearest one's distance is less than (1 − `clearly`) × hers. Of equals the first.
    """
    nearest = min(range(len(distances)), key=distances.__getitem__)
    if present is None or present not in ids:
        return ids[nearest]
    return ids[nearest] if distances[nearest] < (1.0 - clearly) * distances[ids.index(present)] else present


def figures_of(live: Mapping[str, float], wanted: Sequence[str], habits: str) -> Mapping[str, float]:
    """Join what the live profile knows with what the last feature job knew, where it does not know it itself.

    Parameters
    ----------
    wanted : names of the figures that the model reads.
    habits : behaviour as JSON text; read only where a figure is missing.
    """
    missing = [name for name in wanted if name not in live]
    if not missing:
        return live
    known = from_json(habits)
    return {**live, **{name: float(known[name]) for name in missing if isinstance(known.get(name), (int, float))}}


class LiveSegments:
    """Holds the model in use and exchanges it when another is activated; safe to share between threads.

    Parameters
    ----------
    database, artifacts_dir : where models are kept.
    check_every : seconds between two looks for another model.
    """

    def __init__(self, database: Database, artifacts_dir: Path, *, check_every: float = CHECK_EVERY) -> None:
        self._registry = ArtifactRegistry(database, artifacts_dir)
        self._snapshot = Snapshot(database, version=_version, build=self._built, check_every=check_every)
        #: The model in use as of the last `refresh`; None where none was built.
        self.held: LiveModel | None = None

    def refresh(self) -> None:
        """Look for another model. Not within a transaction, as it may read."""
        with suppress(SQLAlchemyError):  # the one before stays in use
            self.held = self._snapshot.get()

    def _built(self, connection: Connection) -> LiveModel | None:
        row = active_artifact(connection, ARTIFACT)
        if row is None:
            return None
        try:
            model = from_arrays(self._registry.load(ARTIFACT, row.version).arrays())
        except (AnalyticsUnavailable, KeyError, ValueError) as error:
            # Damaged, or of another version of the program: `rapport segments` makes a new one, and events go on.
            log.error("segment_model_unusable", version=row.version, error=type(error).__name__)
            return None
        names = {one.segment_id: one.name for one in segments_of_version(connection, row.version)}
        return LiveModel(row.version, model, names)


def _version(connection: Connection) -> str | None:
    row = active_artifact(connection, ARTIFACT)
    return None if row is None else row.version
