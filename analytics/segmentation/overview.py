"""Everything there is to see of the segments in use, as records that report and console draw."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from analytics.artifacts.registry import ArtifactDamaged, ArtifactMissing
from analytics.segment_records import Drift, SegmentsOverview
from analytics.segmentation.drift import drift_of
from analytics.segmentation.figures import columns_of
from analytics.segmentation.history import sizes_over_time
from analytics.segmentation.keeping import Kept, read_kept, versions
from analytics.segmentation.rules.reading import rule_segments
from store.engine import Database
from store.repositories.features import feature_columns
from store.repositories.profiles import segment_members


def segments_overview(database: Database, artifacts_dir: Path, now: datetime) -> SegmentsOverview | None:
    """Read the overview of the segments in use.

    Portraits, pictures and figures are as of the last time segments were found or moved; drift and versions as of now.

    Parameters
    ----------
    now : aware.

    Returns
    -------
    None where no segments were found yet, or where they were made by an earlier program.
    """
    try:
        kept = read_kept(database, artifacts_dir)
    except (ArtifactMissing, ArtifactDamaged):
        return None
    seen, metrics = kept.seen, kept.metrics
    with database.read() as connection:
        rules = rule_segments(connection, now)
    return SegmentsOverview(
        version=kept.version,
        kind=metrics.get("kind", "rebuild"),
        built_at=kept.created_at,
        trained_from=_moment(metrics.get("trained_from")),
        trained_to=_moment(metrics.get("trained_to")),
        data_hash=metrics["data_hash"],
        customers=metrics["customers"],
        space=metrics["space"],
        method=metrics["method"],
        figures=kept.model.space.figures,
        segments=seen.segments,
        candidates=seen.candidates,
        rule_fidelity=seen.rule_fidelity,
        notes=seen.notes,
        transitions=seen.transitions,
        drift=drift_now(database, kept, now),
        dendrogram=seen.dendrogram,
        map=seen.map,
        outliers=seen.outliers,
        rfm_classes=seen.rfm_classes,
        versions=versions(database),
        rule_segments=rules,
        history=sizes_over_time(metrics),
    )


def drift_now(database: Database, kept: Kept, now: datetime, threshold: float | None = None) -> Drift | None:
    """Compare the customers of now with those that the segments were found in; None without customers.

    Parameters
    ----------
    threshold : the index from which segments are to be found anew; the usual one where None.
    """
    with database.read() as connection:
        ids, columns = columns_of(feature_columns(connection))
        members = segment_members(connection)
    if not ids:
        return None
    then = {int(segment): int(size) for segment, size in kept.metrics["sizes"].items()}
    today = {segment: 0 for segment in then}
    for segment in members.values():
        today[segment] = today.get(segment, 0) + 1
    further = {} if threshold is None else {"threshold": threshold}
    return drift_of(columns, kept.metrics["training"], (then, today), now, **further)


def _moment(day: Any) -> datetime | None:
    if not day:
        return None
    read = date.fromisoformat(str(day)[:10])
    return datetime(read.year, read.month, read.day, tzinfo=UTC)
