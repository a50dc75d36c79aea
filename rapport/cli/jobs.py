"""The long-running jobs as commands run them: from settings to an outcome that can be told."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from rapport.errors import InputError

if TYPE_CHECKING:
    from analytics.features.engines import Engine
    from rapport.settings import Settings
    from store.engine import Database


class Told(Protocol):
    """Hears what is being done, and the share that is done (0..1) where it is known."""

    def __call__(self, text: str, share: float | None = None) -> None:
        """Hear it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a job did: one line, more lines for whoever wants them, and all of it for a program."""

    summary: str
    lines: list[str]
    data: dict[str, Any]


class Job(Protocol):
    """A job on the installation's database."""

    def __call__(self, settings: Settings, database: Database, told: Told, /) -> Outcome:
        """Do it."""


def run_import(settings: Settings, database: Database, told: Told, mapping: Path | None = None) -> Outcome:
    """Import the shop that a mapping file describes; the settings' one where none is given."""
    from analytics.importing.errors import ShopImportError
    from analytics.jobs.import_shop import import_shop
    from analytics.shop.demo import name_demo_customers
    from analytics.shop.loader import load_shop

    file = mapping or settings.mapping
    if not file.is_file():
        raise InputError(f"There is no mapping file {file}: name one with --mapping or RAPPORT_MAPPING.")
    try:
        report = import_shop(database, file, told, datetime.now(UTC))
    except ShopImportError as error:
        raise InputError(str(error)) from error
    if settings.demo:
        name_demo_customers(database, load_shop(settings.shop).facts)
    rejected = sum(sum(count.rejected.values()) for count in report.tables.values())
    return Outcome(summary=f"{report.written:,} rows, {rejected:,} rejected", lines=report.lines(), data=asdict(report))


def run_recommender(settings: Settings, database: Database, told: Told, engine: str = "process") -> Outcome:
    """Train the recommender on all orders."""
    from analytics.jobs.build_recommender import build_recommender
    from analytics.recommendation.engines import factors_by, suggestion

    try:
        with factors_by(engine) as factors:
            report = build_recommender(database, settings.artifacts, datetime.now(UTC), told, factors=factors)
    except ValueError as error:
        raise InputError(str(error)) from error
    summary = f"{report.products:,} products, {report.purchases:,} purchases of {report.customers:,} customers"
    lines = [f"{summary} in {report.seconds:.1f} s, version {report.version}"]
    for model, metrics in report.metrics.items():
        lines.append(f"  {model}: " + ", ".join(f"{name} {value:.3g}" for name, value in metrics.items()))
    if (suggested := suggestion(engine, report.purchases)) is not None:
        lines.append(suggested)
    return Outcome(summary=summary, lines=lines, data=asdict(report))


def run_device_export(settings: Settings, database: Database, told: Told, file: Path) -> Outcome:
    """Write what browsers recommend from by themselves, out of the recommender in use."""
    from analytics.facade import AnalyticsUnavailable, open_analytics

    told("Gathering neighbours")
    try:
        export = open_analytics(database, settings.artifacts, settings.shop).device_export()
        file.write_bytes(export.body)
    except AnalyticsUnavailable as error:
        raise InputError(str(error)) from error
    except OSError as error:
        raise InputError(
            f"{file} cannot be written ({error.strerror}): name a file in a folder that is there."
        ) from error
    sizes = {"bytes": len(export.body), "zipped_bytes": len(export.zipped)}
    summary = f"{export.kinds:,} kinds, {sizes['bytes'] / 1024:,.0f} KB ({sizes['zipped_bytes'] / 1024:,.0f} KB zipped)"
    data = {"file": str(file), "version": export.version, "kinds": export.kinds} | sizes
    return Outcome(summary=summary, lines=[f"{file}: {summary}, version {export.version}"], data=data)


def run_features(
    settings: Settings, database: Database, told: Told, engine: str = "duckdb", source: str | None = None
) -> Outcome:
    """Compute the features of all customers."""
    from analytics.features.engines import EngineUnavailable
    from analytics.jobs.build_features import build_features
    from analytics.shop.loader import load_shop

    chosen = engine_named(engine)
    timezone = load_shop(settings.shop).timezone
    try:
        report = build_features(database, datetime.now(UTC), told, timezone=timezone, engine=chosen, source=source)
    except EngineUnavailable as error:
        raise InputError(str(error)) from error
    summary = f"{report.customers:,} customers, {report.orders:,} orders"
    return Outcome(summary=summary, lines=[f"{summary} in {report.seconds:.1f} s"], data=asdict(report))


def engine_named(name: str) -> Engine:
    """Give the engine of that name.

    Raises
    ------
    InputError
        There is none; the message lists what there is.
    """
    from analytics.features.engines import ENGINES

    chosen = next((one for one in ENGINES if one == name), None)
    if chosen is None:
        raise InputError(f"There is no engine {name!r}; there are {', '.join(ENGINES)}.")
    return chosen


def run_segments(settings: Settings, database: Database, told: Told, engine: str = "duckdb") -> Outcome:
    """Find the segments in the features."""
    from analytics.features.engines import EngineUnavailable
    from analytics.jobs.build_segments import build_segments
    from analytics.jobs.segments_with_spark import build_segments_with_spark
    from analytics.shop.loader import load_shop

    chosen, shop, now = engine_named(engine), load_shop(settings.shop), datetime.now(UTC)
    currency = shop.facts.currency
    if chosen == "postgresql":
        raise InputError("--engine postgresql tells `figures`; segments are found by duckdb or spark.")
    if chosen == "spark":
        try:
            report = build_segments_with_spark(database, settings.artifacts, now, told, currency=currency)
        except EngineUnavailable as error:
            raise InputError(str(error)) from error
    else:
        report = build_segments(database, settings.artifacts, now, told, currency=currency, timezone=shop.timezone)
    return Outcome(summary=f"{len(report.segments)} segments", lines=report.lines(), data=asdict(report))


def run_predictions(settings: Settings, database: Database, told: Told) -> Outcome:
    """Predict what each customer will do."""
    from analytics.jobs.build_predictions import build_predictions
    from analytics.shop.loader import load_shop

    shop = load_shop(settings.shop)
    report = build_predictions(
        database,
        settings.artifacts,
        datetime.now(UTC),
        told,
        timezone=shop.timezone,
        currency=shop.facts.currency,
    )
    return Outcome(summary=f"{report.customers:,} customers", lines=report.lines(), data=asdict(report))


def run_report(settings: Settings, database: Database, told: Told) -> Outcome:
    """Write the report of this week."""
    from rapport.reporting import write_report

    written = write_report(settings, database, datetime.now(UTC), told)
    sentences = [finding.text for finding in written.report.summary]
    return Outcome(
        summary=f"{written.file}", lines=sentences, data={"file": str(written.file), "seconds": written.seconds}
    )
