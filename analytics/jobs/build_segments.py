"""The job that finds the segments, names them, and puts every customer into hers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from analytics import columns as c
from analytics.features.sales import load_sales
from analytics.jobs.segments_report import SegmentsReport
from analytics.segment_records import Candidate, Outlier, Transitions
from analytics.segmentation.choosing import Choice, choose
from analytics.segmentation.describing import Customers, class_sizes, view_segments
from analytics.segmentation.drift import profile_of
from analytics.segmentation.figures import telling
from analytics.segmentation.identity import matched_ids, moved, renumbered
from analytics.segmentation.keeping import data_hash, keep, members_now, next_id
from analytics.segmentation.measures import Labels
from analytics.segmentation.model import SegmentModel
from analytics.segmentation.notes import notes_on
from analytics.segmentation.outliers import standing_apart
from analytics.segmentation.pictures import draw_map, draw_tree
from analytics.segmentation.seen import Seen
from analytics.segmentation.spread import Past, look_back
from analytics.segmentation.surrogate import Surrogate, state_rules
from analytics.workspace import open_workspace
from store.engine import Database
from store.repositories.features import feature_columns

#: Called with the name of the step and how much of the whole is done, 0..1.
Progress = Callable[[str, float], None]

#: In a larger shop the past is not looked at again: reading all orders twice would take longer than all else.
_PAST_UP_TO = 200_000


def build_segments(
    database: Database,
    artifacts_dir: Path,
    now: datetime,
    progress: Progress,
    seed: int = 0,
    *,
    currency: str = "$",
    timezone: str = "UTC",
) -> SegmentsReport:
    """Find segments, save the model, and write names, portraits and memberships in one transaction.

    A segment that continues one of before keeps its id; a new one gets an id that was never used.

    Parameters
    ----------
    database : with features (`build_features`); where it has orders too, candidates are tested on the past.
    artifacts_dir : where the model is kept.
    now : aware moment of building.
    progress : told of every step.
    seed : the same seed on the same features gives the same segments.
    currency : sign put before amounts in portraits.
    timezone : the shop's zone.
    """
    started = time.perf_counter()
    progress("Reading features", 0.0)
    with database.read() as connection:
        customers = Customers.of(feature_columns(connection))
    if not customers.ids:
        return SegmentsReport.empty()
    past = _past(database, len(customers.ids), now, timezone)
    choice = choose(customers.columns, past, seed, lambda step, share: progress(step, 0.1 + 0.6 * share))
    progress("Describing segments", 0.75)
    before = members_now(database)
    model, assigned = _numbered(choice, customers, before, database)
    members = dict(zip(customers.ids, assigned.tolist(), strict=True))
    rules = state_rules(customers.columns, model.space.figures, assigned) if len(model.ids) > 1 else None
    seen = _seen(customers, assigned, model, choice, rules, seed=seed, currency=currency)
    transitions = _transitions(model, past, members, seen, now)
    seen = replace(seen, transitions=transitions)
    progress("Writing segments", 0.95)
    metrics = _metrics(choice, model, seen, customers, members)
    with database.read() as connection:
        metrics["found_at"] = now.isoformat()
        metrics["next_id"] = max(next_id(connection), max(model.ids) + 1)
    version = keep(database, artifacts_dir, (model, seen, members), metrics, now)
    progress("Segments found", 1.0)
    return SegmentsReport(
        model_version=version,
        kind="rebuild",
        customers=len(customers.ids),
        segments=seen.segments,
        candidates=choice.candidates,
        rule_fidelity=seen.rule_fidelity,
        notes=seen.notes,
        seconds=time.perf_counter() - started,
    )


def _past(database: Database, customers: int, now: datetime, timezone: str) -> Past | None:
    if customers > _PAST_UP_TO:
        return None
    with open_workspace() as sales:
        if load_sales(database, sales) == 0:
            return None
        return look_back(sales, now, timezone)


def _numbered(
    choice: Choice, customers: Customers, before: dict[str, int], database: Database
) -> tuple[SegmentModel, Labels]:
    """Make the model, its segments numbered as those that they continue; new ones by what their members spend."""
    points = choice.space.points(customers.columns)
    labels = choice.groups.labels(points)
    spent = {
        group: float(customers.columns[c.MONETARY][labels == group].mean()) for group in np.unique(labels).tolist()
    }
    # A group without a member is none: a mixture may have one.
    present = sorted(spent, key=lambda group: -spent[group])
    now = dict(zip(customers.ids, labels.tolist(), strict=True))
    with database.read() as connection:
        ids = matched_ids(before, now, present, next_id(connection))
    groups = choice.groups
    model = SegmentModel(
        space=choice.space,
        ids=tuple(present),
        middles=tuple(groups.middles[group] for group in present),
        narrowness=tuple(groups.narrowness[group] for group in present) if groups.narrowness else (),
        offsets=tuple(groups.offsets[group] for group in present) if groups.offsets else (),
    )
    model = renumbered(model, ids)
    return model, model.assign_all(customers.columns)


def _seen(
    customers: Customers,
    assigned: Labels,
    model: SegmentModel,
    choice: Choice,
    rules: Surrogate | None,
    *,
    seed: int,
    currency: str,
) -> Seen:
    points = model.space.points(customers.columns)
    figures = (*c.RFM, *telling(customers.columns))
    apart = standing_apart(customers.columns, figures, seed)
    return Seen(
        segments=view_segments(customers, assigned, model.ids, rules, currency),
        conditions={rule.segment_id: rule.condition for rule in rules.rules} if rules else {},
        candidates=choice.candidates,
        rule_fidelity=round(rules.fidelity, 4) if rules else None,
        notes=notes_on(choice, len(customers.ids)),
        dendrogram=draw_tree(points, assigned, seed),
        map=draw_map(model, points, assigned, customers.ids, seed),
        outliers=tuple(
            Outlier(customer_id=customers.ids[row], segment_id=int(assigned[row]), why=why) for row, why in apart
        ),
        rfm_classes=class_sizes(customers),
    )


def _transitions(
    model: SegmentModel, past: Past | None, members: dict[str, int], seen: Seen, now: datetime
) -> Transitions | None:
    """Compare with the segments of the same model that customers were in at the earlier moment."""
    if past is None:
        return None
    before = dict(zip(past.ids, model.assign_all(past.columns).tolist(), strict=True))
    counts, newcomers = moved(before, members, model.ids)
    names = {view.segment_id: view.name for view in seen.segments}
    return Transitions(
        since=past.moment,
        until=now,
        ids=model.ids,
        names=tuple(names.get(segment, "") for segment in model.ids),
        counts=counts,
        newcomers=newcomers,
    )


def _metrics(
    choice: Choice, model: SegmentModel, seen: Seen, customers: Customers, members: dict[str, int]
) -> dict[str, Any]:
    chosen: Candidate | None = next((one for one in choice.candidates if one.chosen), None)
    sizes = {segment: 0 for segment in model.ids}
    for segment in members.values():
        sizes[segment] += 1
    return {
        "kind": "rebuild",
        "k": len(model.ids),
        "customers": len(members),
        "space": choice.space.name,
        "method": choice.method,
        "names": [view.name for view in seen.segments],
        "silhouette": chosen.silhouette if chosen else None,
        "stability": chosen.stability if chosen else None,
        "smallest_share": round(min(sizes.values()) / len(members), 4),
        "rule_fidelity": seen.rule_fidelity,
        "trained_from": customers.first_order,
        "trained_to": customers.last_order,
        "data_hash": data_hash(customers.ids, customers.columns),
        "training": profile_of(customers.columns, (*c.RFM, *telling(customers.columns))),
        "sizes": {str(segment): size for segment, size in sizes.items()},
    }
