"""The segment job for more customers than memory holds: what decides on a sample is decided here, the rest by Spark.

Features are written to a file piece by piece. A sample of them decides on the space and the number of segments, draws
the pictures and states the rules; K-Means, who is in which segment, and all figures are of everybody. What comes back
of each customer is her id and her segment.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from analytics import columns as c
from analytics.artifacts.registry import ArtifactDamaged, ArtifactMissing
from analytics.features.engines import EngineUnavailable, spark_here
from analytics.jobs.build_segments import Progress
from analytics.jobs.found_segments import FoundSegments, kept_report, lasting_ids, seen_of, transitions_of
from analytics.jobs.segments_report import SegmentsReport
from analytics.segmentation.algorithms import Method
from analytics.segmentation.choosing import FEWEST_TO_MEASURE, Choice, choose
from analytics.segmentation.describing import Customers
from analytics.segmentation.engines import moves_with_spark, summaries_with_spark
from analytics.segmentation.identity import moves_between, renumbered
from analytics.segmentation.keeping import members_now, read_kept
from analytics.segmentation.model import SegmentModel
from analytics.segmentation.relations import SCHEMA
from analytics.segmentation.spark import assigned, fit_with_spark, sample_customers, without_pandas
from analytics.segmentation.stored import CAME_FROM, FILE, Written, write_members
from analytics.segmentation.summaries import Found
from store.engine import Database

_SEGMENT = "segment"
#: Draws samples and starts.
_SEED = 0
#: What Spark is to fit is what is tried on the sample.
_METHODS: tuple[Method, ...] = ("kmeans",)


def build_segments_with_spark(
    database: Database,
    artifacts_dir: Path,
    now: datetime,
    progress: Progress,
    *,
    currency: str = "$",
    session: Any = None,
    shared: Path | None = None,
) -> SegmentsReport:
    """Find segments with Spark MLlib's K-Means, and keep them as `build_segments` does: the same artifact.

    Parameters
    ----------
    database, artifacts_dir, now, progress, currency : as in `build_segments`.
    session : a SparkSession, of a cluster say; None: one on this machine, which ends with the job.
    shared : folder that the executors see too; needed with a cluster. None: one of this machine's own.

    Raises
    ------
    EngineUnavailable
        Spark or Java is missing, or there are too few customers; nothing was written.
    """
    started = time.perf_counter()
    with _folder(shared) as folder:
        progress("Writing features for Spark", 0.0)
        file = folder / FILE
        written = write_members(database, file)
        if written.customers < FEWEST_TO_MEASURE:
            raise EngineUnavailable(
                f"--engine spark is for very many customers, and {written.customers} have features: "
                "run `rapport segments` without it."
            )
        progress("Starting Spark", 0.1)
        with without_pandas(), nullcontext(session) if session is not None else spark_here() as spark:
            found, moves = _found(spark.read.parquet(str(file)), written, database, progress)
    progress("Describing segments", 0.85)
    seen = seen_of(found, _SEED, currency)
    since = _built_at(database, artifacts_dir)
    if since is not None:
        laid_out = moves_between(moves, found.model.ids)
        seen = replace(seen, transitions=transitions_of(found.model, laid_out, seen, (since, now)))
    progress("Writing segments", 0.95)
    report = kept_report(database, artifacts_dir, found, seen, now, started)
    progress("Segments found", 1.0)
    return report


def _found(stored: Any, written: Written, database: Database, progress: Progress) -> tuple[FoundSegments, list[Found]]:
    ids, columns = sample_customers(stored, _SEED)
    choice = choose(columns, None, _SEED, lambda step, share: progress(step, 0.15 + 0.3 * share), _METHODS)
    progress(f"K-Means by Spark on {written.customers:,} customers", 0.5)
    grouped = fit_with_spark(stored, choice.space, choice.k, _SEED)
    progress("Putting everybody into her segment", 0.7)
    everybody = assigned(stored, grouped)
    groups = _members(everybody)
    numbers = lasting_ids(database, groups, members_now(database), grouped.ids)
    model = renumbered(grouped, numbers)
    told = everybody.replace(numbers, subset=[_SEGMENT]).cache()
    progress("Counting figures of segments", 0.75)
    summaries = summaries_with_spark(told.select(*SCHEMA.names))
    moves = moves_with_spark(told.select(CAME_FROM, _SEGMENT))
    told.unpersist()
    if summaries is None:
        raise ValueError("There are no customers to describe.")
    sample = Customers(ids, columns, {}, written.first_order, written.last_order)
    found = FoundSegments(
        choice=choice,
        model=model,
        customers=sample,
        assigned=model.assign_all(columns),
        members={customer: numbers[group] for customer, group in groups.items()},
        summaries=summaries,
        trained_from=written.first_order,
        trained_to=written.last_order,
        data_hash=written.data_hash,
        notes=(_note(written.customers, len(ids), model, choice),),
    )
    return found, moves


def _members(everybody: Any) -> dict[str, int]:
    table = everybody.select(c.CUSTOMER_ID, _SEGMENT).toArrow()
    return dict(zip(table[c.CUSTOMER_ID].to_pylist(), table[_SEGMENT].to_pylist(), strict=True))


def _note(customers: int, sampled: int, model: SegmentModel, choice: Choice) -> str:
    on = "all of them" if sampled == customers else f"{sampled:,} of them"
    return (
        f"K-Means by Spark in {len(model.ids)} groups of all {customers:,} customers; the space {choice.space.name} "
        f"and the number of segments were chosen on {on}."
    )


def _built_at(database: Database, artifacts_dir: Path) -> datetime | None:
    """Give when the segments were made that customers are in so far."""
    try:
        return read_kept(database, artifacts_dir).created_at
    except (ArtifactMissing, ArtifactDamaged):
        return None


@contextmanager
def _folder(shared: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="rapport-segments-", dir=shared) as made:
        yield Path(made)
