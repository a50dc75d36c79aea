"""Between rebuilds: segments moved by recent customers, found anew when due or customers drifted, or put back."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from analytics.artifacts.registry import ArtifactDamaged, ArtifactMissing
from analytics.jobs.build_segments import Progress, build_segments
from analytics.jobs.segments_report import SegmentsReport
from analytics.segment_records import Drift, VersionKind
from analytics.segmentation.describing import Customers, view_segments
from analytics.segmentation.drift import DRIFTED
from analytics.segmentation.engines import summaries_of
from analytics.segmentation.keeping import Kept, keep, members_now, read_kept, version_before
from analytics.segmentation.model import SegmentModel
from analytics.segmentation.overview import drift_now
from analytics.segmentation.seen import Seen
from analytics.segmentation.surrogate import state_rules
from analytics.segmentation.updating import moved_model, settled
from store.engine import Database
from store.repositories.features import feature_columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Segments are found anew after so long, or when the worst population stability index is above `drift`."""

    every: timedelta = timedelta(days=7)
    drift: float = DRIFTED


def refresh_segments(
    database: Database,
    artifacts_dir: Path,
    now: datetime,
    progress: Progress,
    *,
    currency: str = "$",
    timezone: str = "UTC",
    limits: Limits | None = None,
) -> SegmentsReport:
    """Find segments anew where there are none, they are old, or customers have drifted; else only move them.

    `limits` : when they are old and when customers have drifted; the usual ones where None.
    """
    every, threshold = (limits or Limits()).every, (limits or Limits()).drift

    def rebuilt(why: str = "") -> SegmentsReport:
        report = build_segments(database, artifacts_dir, now, progress, currency=currency, timezone=timezone)
        return replace(report, notes=(*report.notes, why)) if why else report

    try:
        kept = read_kept(database, artifacts_dir)
    except (ArtifactMissing, ArtifactDamaged):
        return rebuilt()
    found_at = datetime.fromisoformat(kept.metrics["found_at"])
    if now - found_at >= every:
        return rebuilt(f"Found anew because the segments were {(now - found_at).days} days old.")
    drift = drift_now(database, kept, now, threshold)
    if drift is not None and drift.rebuild:
        return rebuilt(f"Found anew because {_drifted(drift)} (index {drift.worst:.2f}, limit {threshold:g}).")
    return update_segments(database, artifacts_dir, now, currency=currency)


def update_segments(database: Database, artifacts_dir: Path, now: datetime, *, currency: str = "$") -> SegmentsReport:
    """Move the middles to where customers are now; names and ids stay, and nobody changes but who is clearly nearer."""
    started = time.perf_counter()
    kept = read_kept(database, artifacts_dir)
    with database.read() as connection:
        customers = Customers.of(feature_columns(connection))
    if not customers.ids:
        return SegmentsReport.empty()
    points = kept.model.space.points(customers.columns)
    model = moved_model(kept.model, points)
    before = members_now(database)
    present = np.array([before.get(customer, 0) for customer in customers.ids], dtype=np.int64)
    assigned = settled(model, points, present)
    members = dict(zip(customers.ids, assigned.tolist(), strict=True))
    return _written(database, artifacts_dir, now, (kept, model, members, customers), "update", currency, started)


def roll_back_segments(
    database: Database, artifacts_dir: Path, now: datetime, version: str | None = None, *, currency: str = "$"
) -> SegmentsReport:
    """Go back to an earlier version: model, names and memberships as they were when it was made.

    It is saved as a new version, so that going back can be undone. Who came since is placed by the old model.

    Raises
    ------
    ArtifactMissing
        There is no such version, or nothing to go back to.
    """
    started = time.perf_counter()
    kept = read_kept(database, artifacts_dir, version_before(database, version))
    with database.read() as connection:
        customers = Customers.of(feature_columns(connection))
    placed = kept.model.assign_all(customers.columns).tolist() if customers.ids else []
    members = {
        customer: kept.members.get(customer, nearest) for customer, nearest in zip(customers.ids, placed, strict=True)
    }
    return _written(database, artifacts_dir, now, (kept, kept.model, members, customers), "rollback", currency, started)


def _written(
    database: Database,
    artifacts_dir: Path,
    now: datetime,
    made: tuple[Kept, SegmentModel, dict[str, int], Customers],
    kind: VersionKind,
    currency: str,
    started: float,
) -> SegmentsReport:
    kept, model, members, customers = made
    seen = _seen_again(kept.seen, model, members, customers, currency)
    metrics: dict[str, Any] = {
        **kept.metrics,
        "kind": kind,
        "of": kept.metrics.get("of", kept.version) if kind == "update" else kept.version,
        "customers": len(members),
    }
    version = keep(database, artifacts_dir, (model, seen, members), metrics, now)
    return SegmentsReport(
        model_version=version,
        kind=kind,
        customers=len(members),
        segments=seen.segments,
        candidates=(),
        rule_fidelity=seen.rule_fidelity,
        notes=seen.notes,
        seconds=time.perf_counter() - started,
    )


def _seen_again(
    seen: Seen, model: SegmentModel, members: Mapping[str, int], customers: Customers, currency: str
) -> Seen:
    """Describe the same segments as they are now: their names stay."""
    assigned = np.array([members[customer] for customer in customers.ids], dtype=np.int64)
    summaries = summaries_of(customers.members(assigned))
    if summaries is None:
        return seen
    rules = state_rules(customers.columns, model.space.figures, assigned) if len(set(members.values())) > 1 else None
    names = {view.segment_id: view.name for view in seen.segments}
    return replace(
        seen,
        segments=view_segments(summaries, customers, assigned, rules, currency, names),
        conditions={rule.segment_id: rule.condition for rule in rules.rules} if rules else {},
        rule_fidelity=round(rules.fidelity, 4) if rules else None,
        rfm_classes=summaries.everybody.classes,
    )


def _drifted(drift: Drift) -> str:
    worst = max(drift.figures, key=lambda figure: figure.psi, default=None)
    if worst is None or worst.psi < drift.worst:
        return "the sizes of the segments have drifted"
    return f"{worst.figure} has drifted"
