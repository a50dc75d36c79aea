"""The jobs on segments beside finding them: moving, finding when due, telling figures, going back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from rapport.cli.jobs import Outcome, Told, engine_named
from rapport.errors import InputError

if TYPE_CHECKING:
    from analytics.jobs.segments_report import SegmentsReport
    from rapport.settings import Settings
    from store.engine import Database


def run_segments_when_due(settings: Settings, database: Database, told: Told) -> Outcome:
    """Find the segments anew where that is due; else move them with their customers."""
    from analytics.jobs.refresh_segments import Limits, refresh_segments
    from analytics.shop.loader import load_shop

    shop = load_shop(settings.shop)
    limits = Limits(every=timedelta(days=settings.segments_every_days), drift=settings.segments_drift)
    report = refresh_segments(
        database,
        settings.artifacts,
        datetime.now(UTC),
        told,
        currency=shop.facts.currency,
        timezone=shop.timezone,
        limits=limits,
    )
    return _outcome(report)


def run_update(settings: Settings, database: Database, told: Told) -> Outcome:
    """Move the segments with their customers."""
    from analytics.jobs.refresh_segments import update_segments
    from analytics.shop.loader import load_shop

    told("Moving segments", 0.1)
    currency = load_shop(settings.shop).facts.currency
    return _outcome(update_segments(database, settings.artifacts, datetime.now(UTC), currency=currency))


def run_figures(settings: Settings, database: Database, told: Told, engine: str = "duckdb") -> Outcome:
    """Tell the figures of the segments as customers are in them now."""
    from analytics.features.engines import EngineUnavailable
    from analytics.jobs.segment_figures import segment_figures
    from analytics.shop.loader import load_shop

    chosen = engine_named(engine)
    told(f"Counting by {chosen}", 0.1)
    try:
        report = segment_figures(chosen, database)
    except EngineUnavailable as error:
        raise InputError(str(error)) from error
    lines = report.lines(load_shop(settings.shop).facts.currency)
    return Outcome(summary=f"{len(report.segments)} segments", lines=lines, data=asdict(report))


def run_rollback(settings: Settings, database: Database, told: Told, version: str | None = None) -> Outcome:
    """Go back to earlier segments."""
    from analytics.artifacts.registry import ArtifactDamaged, ArtifactMissing
    from analytics.jobs.refresh_segments import roll_back_segments
    from analytics.shop.loader import load_shop

    told("Going back", 0.1)
    currency = load_shop(settings.shop).facts.currency
    try:
        report = roll_back_segments(database, settings.artifacts, datetime.now(UTC), version, currency=currency)
    except (ArtifactMissing, ArtifactDamaged) as error:
        raise InputError(str(error)) from error
    return _outcome(report)


def _outcome(report: SegmentsReport) -> Outcome:
    return Outcome(
        summary=f"{len(report.segments)} segments ({report.kind})", lines=report.lines(), data=asdict(report)
    )
