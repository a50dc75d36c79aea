"""The job that finds the segments, names them, and puts every customer into hers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics import columns as c
from analytics.features.sales import load_sales
from analytics.jobs.found_segments import FoundSegments, kept_report, lasting_ids, seen_of, transitions_of
from analytics.jobs.segments_report import SegmentsReport
from analytics.segmentation.choosing import Choice, choose
from analytics.segmentation.describing import Customers
from analytics.segmentation.engines import moves_of, summaries_of
from analytics.segmentation.identity import Moves, moves_between, renumbered
from analytics.segmentation.keeping import data_hash, members_now
from analytics.segmentation.model import SegmentModel
from analytics.segmentation.spread import Past, look_back
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
    found = _found(choice, customers, database)
    seen = seen_of(found, seed, currency)
    if past is not None:
        moves = _moves_since(past, found)
        seen = replace(seen, transitions=transitions_of(found.model, moves, seen, (past.moment, now)))
    progress("Writing segments", 0.95)
    report = kept_report(database, artifacts_dir, found, seen, now, started)
    progress("Segments found", 1.0)
    return report


def _moves_since(past: Past, found: FoundSegments) -> Moves:
    """Compare with the segments of the same model that customers were in at the earlier moment."""
    before = dict(zip(past.ids, found.model.assign_all(past.columns).tolist(), strict=True))
    came_from = pa.array([before.get(customer) for customer in found.members], pa.int64())
    moved = pa.table({"came_from": came_from, "segment": pa.array(found.members.values(), pa.int64())})
    return moves_between(moves_of(moved), found.model.ids)


def _past(database: Database, customers: int, now: datetime, timezone: str) -> Past | None:
    if customers > _PAST_UP_TO:
        return None
    with open_workspace() as sales:
        if load_sales(database, sales) == 0:
            return None
        return look_back(sales, now, timezone)


def _found(choice: Choice, customers: Customers, database: Database) -> FoundSegments:
    """Put everybody into her segment, numbered as those that they continue; new ones by what their members spend."""
    points = choice.space.points(customers.columns)
    labels = choice.groups.labels(points)
    spent = {
        group: float(customers.columns[c.MONETARY][labels == group].mean()) for group in np.unique(labels).tolist()
    }
    # A group without a member is none: a mixture may have one.
    present = sorted(spent, key=lambda group: -spent[group])
    groups = choice.groups
    model = SegmentModel(
        space=choice.space,
        ids=tuple(present),
        middles=tuple(groups.middles[group] for group in present),
        narrowness=tuple(groups.narrowness[group] for group in present) if groups.narrowness else (),
        offsets=tuple(groups.offsets[group] for group in present) if groups.offsets else (),
    )
    grouped = dict(zip(customers.ids, labels.tolist(), strict=True))
    model = renumbered(model, lasting_ids(database, grouped, members_now(database), present))
    assigned = model.assign_all(customers.columns)
    summaries = summaries_of(customers.members(assigned))
    if summaries is None:
        raise ValueError("There are no customers to describe.")
    return FoundSegments(
        choice=choice,
        model=model,
        customers=customers,
        assigned=assigned,
        members=dict(zip(customers.ids, assigned.tolist(), strict=True)),
        summaries=summaries,
        trained_from=customers.first_order,
        trained_to=customers.last_order,
        data_hash=data_hash(customers.ids, customers.columns),
    )
