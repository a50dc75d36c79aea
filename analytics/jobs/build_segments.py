"""The job that finds the segments, names them, and puts every customer into hers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from analytics import columns as c
from analytics.artifacts.registry import ArtifactRegistry
from analytics.segmentation.choosing import Candidate, choose
from analytics.segmentation.figures import behaviour_of, columns_of
from analytics.segmentation.fitting import fit_model
from analytics.segmentation.model import ARTIFACT, SegmentModel
from analytics.segmentation.portraits import Member, Portrait, portray
from analytics.segmentation.spaces import aspects_space
from store.engine import Database
from store.repositories.bulk import Row
from store.repositories.features import feature_columns
from store.repositories.segments import write_segments

#: Called with the name of the step and how much of the whole is done, 0..1.
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentsReport:
    """What was found. `model_version` None when there is nobody to segment."""

    model_version: str | None
    customers: int
    #: In the order of their ids, from 1.
    segments: tuple[Portrait, ...]
    #: The measures of every number of segments that was tried; none for few customers.
    candidates: tuple[Candidate, ...]
    seconds: float

    @property
    def chosen(self) -> Candidate | None:
        """The measures of the number of segments that was chosen."""
        return next((one for one in self.candidates if one.k == len(self.segments)), None)

    def lines(self) -> list[str]:
        """Give the report as lines for a terminal."""
        lines = [f"{self.customers:,} customers in {len(self.segments)} segments in {self.seconds:.1f} s"]
        if self.chosen:
            lines[0] += f" (silhouette {self.chosen.silhouette:.3f}, stability {self.chosen.stability:.3f})"
        for segment in self.segments:
            lines += [f"  {segment.name} ({segment.size:,})", f"    {segment.text}"]
        return lines


def build_segments(
    database: Database,
    artifacts_dir: Path,
    now: datetime,
    progress: Progress,
    seed: int = 0,
    *,
    currency: str = "$",
) -> SegmentsReport:
    """Find segments, save the model, and write names, portraits and memberships in one transaction.

    Parameters
    ----------
    database : with features (`build_features`).
    artifacts_dir : where the model is kept.
    now : aware moment of building.
    progress : told of every step.
    seed : the same seed on the same features gives the same segments.
    currency : sign put before amounts in portraits.
    """
    started = time.perf_counter()
    progress("Reading features", 0.0)
    with database.read() as connection:
        rows = feature_columns(connection)
    if not rows:
        return SegmentsReport(model_version=None, customers=0, segments=(), candidates=(), seconds=0.0)
    _, figures = columns_of(rows)
    space = aspects_space(figures)
    k, candidates = choose(space.points(figures), seed, lambda k: progress(f"Measured {k} segments", 0.1 + 0.1 * k))
    progress("Fitting segments", 0.85)
    model = fit_model(figures, space, k, seed)
    assigned = model.assign_all(figures)
    portraits = _portraits(rows, assigned.tolist(), model, currency)
    members = {row[0]: segment for row, segment in zip(rows, assigned.tolist(), strict=True)}
    progress("Writing segments", 0.95)
    version = _write(database, artifacts_dir, now, model, portraits, members, candidates)
    progress("Segments found", 1.0)
    return SegmentsReport(
        model_version=version,
        customers=len(rows),
        segments=tuple(portraits),
        candidates=tuple(candidates),
        seconds=time.perf_counter() - started,
    )


def _portraits(rows: list[Row], assigned: list[int], model: SegmentModel, currency: str) -> list[Portrait]:
    groups: list[list[Member]] = [[] for _ in model.ids]
    for row, segment in zip(rows, assigned, strict=True):
        groups[segment - 1].append(_member(row))
    return portray(groups, currency)


def _member(row: Row) -> Member:
    _, recency, frequency, monetary, stored = row
    behaviour = behaviour_of(stored)
    return Member(
        recency_days=float(recency),
        frequency=int(frequency),
        monetary=float(monetary),
        basket_value=float(behaviour.get(c.BASKET_VALUE, 0.0)),
        days_between=behaviour.get(c.DAYS_BETWEEN_ORDERS),
        discount_share=float(behaviour.get(c.DISCOUNT_SHARE, 0.0)),
        usual_time=behaviour.get(c.USUAL_TIME),
        categories=tuple(behaviour.get(c.FAVOURITE_CATEGORIES, ())),
    )


def _write(
    database: Database,
    artifacts_dir: Path,
    now: datetime,
    model: SegmentModel,
    portraits: list[Portrait],
    members: dict[str, int],
    candidates: list[Candidate],
) -> str:
    registry = ArtifactRegistry(database, artifacts_dir)
    metrics = {"k": len(portraits), "customers": len(members), "candidates": [asdict(one) for one in candidates]}
    described = [
        {"segment_id": number, "name": one.name, "portrait": one.text, "size": one.size, "means": one.means}
        for number, one in zip(model.ids, portraits, strict=True)
    ]
    with database.write() as connection:
        version = registry.save(ARTIFACT, model.to_arrays(), metrics=metrics, now=now, connection=connection)
        write_segments(connection, version, described, members)
    registry.prune(ARTIFACT)
    return version
