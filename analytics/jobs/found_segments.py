"""Segments that were found, by whichever engine: what is seen of them, their metrics, and keeping them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from analytics import columns as c
from analytics.jobs.segments_report import SegmentsReport
from analytics.segment_records import Outlier, Transitions
from analytics.segmentation.choosing import Choice
from analytics.segmentation.describing import Customers, view_segments
from analytics.segmentation.drift import profile_of
from analytics.segmentation.figures import telling
from analytics.segmentation.identity import matched_ids
from analytics.segmentation.keeping import keep, next_id
from analytics.segmentation.measures import Labels
from analytics.segmentation.model import SegmentModel
from analytics.segmentation.notes import notes_on
from analytics.segmentation.outliers import standing_apart
from analytics.segmentation.pictures import draw_map, draw_tree
from analytics.segmentation.seen import Seen
from analytics.segmentation.summaries import Summaries
from analytics.segmentation.surrogate import state_rules
from store.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSegments:
    """Segments as they were found.

    `customers`, `assigned` : all customers, or a sample of very many, and the segment of each of these.
    `members` : {customer id: segment id} of everybody.
    `summaries` : counted on everybody.
    `trained_from`, `trained_to` : ISO dates of the first and last order of everybody; None where nothing tells.
    `data_hash` : see `keeping.FiguresHash`.
    """

    choice: Choice
    model: SegmentModel
    customers: Customers
    assigned: Labels
    members: dict[str, int]
    summaries: Summaries
    trained_from: str | None
    trained_to: str | None
    data_hash: str
    notes: tuple[str, ...] = ()


def lasting_ids(
    database: Database, members: dict[str, int], before: dict[str, int], groups: Sequence[int]
) -> dict[int, int]:
    """Give {group: segment id}: of the segment that it continues; new groups get ids that were never used, in order."""
    with database.read() as connection:
        first = next_id(connection)
    return matched_ids(before, members, groups, first)


def seen_of(found: FoundSegments, seed: int, currency: str) -> Seen:
    """Describe and draw what was found."""
    customers, assigned, model = found.customers, found.assigned, found.model
    rules = state_rules(customers.columns, model.space.figures, assigned) if len(model.ids) > 1 else None
    points = model.space.points(customers.columns)
    figures = (*c.RFM, *telling(customers.columns))
    apart = standing_apart(customers.columns, figures, seed)
    return Seen(
        segments=view_segments(found.summaries, customers, assigned, rules, currency),
        conditions={rule.segment_id: rule.condition for rule in rules.rules} if rules else {},
        candidates=found.choice.candidates,
        rule_fidelity=round(rules.fidelity, 4) if rules else None,
        notes=(*notes_on(found.choice, len(found.members)), *found.notes),
        dendrogram=draw_tree(points, assigned, seed),
        map=draw_map(model, points, assigned, customers.ids, seed),
        outliers=tuple(
            Outlier(customer_id=customers.ids[row], segment_id=int(assigned[row]), why=why) for row, why in apart
        ),
        rfm_classes=found.summaries.everybody.classes,
    )


def kept_report(
    database: Database, artifacts_dir: Path, found: FoundSegments, seen: Seen, now: datetime, started: float
) -> SegmentsReport:
    """Keep what was found as the version in use, in one transaction, and tell of it."""
    metrics = _metrics(found, seen) | {"found_at": now.isoformat()}
    with database.read() as connection:
        metrics["next_id"] = max(next_id(connection), max(found.model.ids) + 1)
    version = keep(database, artifacts_dir, (found.model, seen, found.members), metrics, now)
    return SegmentsReport(
        model_version=version,
        kind="rebuild",
        customers=len(found.members),
        segments=seen.segments,
        candidates=found.choice.candidates,
        rule_fidelity=seen.rule_fidelity,
        notes=seen.notes,
        seconds=time.perf_counter() - started,
    )


def transitions_of(
    model: SegmentModel,
    moves: tuple[tuple[tuple[int, ...], ...], tuple[int, ...]],
    seen: Seen,
    period: tuple[datetime, datetime],
) -> Transitions:
    """Give moves between segments (see `identity.moves_between`) with the segments' names."""
    names = {view.segment_id: view.name for view in seen.segments}
    counts, newcomers = moves
    return Transitions(
        since=period[0],
        until=period[1],
        ids=model.ids,
        names=tuple(names.get(segment, "") for segment in model.ids),
        counts=counts,
        newcomers=newcomers,
    )


def _metrics(found: FoundSegments, seen: Seen) -> dict[str, Any]:
    columns = found.customers.columns
    chosen = next((one for one in found.choice.candidates if one.chosen), None)
    sizes = {segment: 0 for segment in found.model.ids}
    sizes |= {int(one.segment_id or 0): one.customers for one in found.summaries.segments}
    return {
        "kind": "rebuild",
        "k": len(found.model.ids),
        "customers": len(found.members),
        "space": found.choice.space.name,
        "method": found.choice.method,
        "names": [view.name for view in seen.segments],
        "silhouette": chosen.silhouette if chosen else None,
        "stability": chosen.stability if chosen else None,
        "smallest_share": round(min(sizes.values()) / len(found.members), 4),
        "rule_fidelity": seen.rule_fidelity,
        "trained_from": found.trained_from,
        "trained_to": found.trained_to,
        "data_hash": found.data_hash,
        "training": profile_of(columns, (*c.RFM, *telling(columns))),
        "sizes": {str(segment): size for segment, size in sizes.items()},
    }
