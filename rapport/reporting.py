"""Writing the report of an installation: by hand, and each night by the worker."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from analytics.jobs.build_report import build_report
from analytics.report_records import Report, Section
from analytics.shop.loader import load_shop
from console.report.conversations import conversations_section
from console.report.folder import keep
from console.report.page import page_of, read_assets
from rapport.cli.jobs import Told
from rapport.errors import StartError
from rapport.paths import PROJECT
from rapport.settings import Settings
from store.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReport:
    """The report, its page, and the file where it was kept."""

    report: Report
    html: str
    file: Path | None
    seconds: float


def write_report(
    settings: Settings, database: Database, now: datetime, told: Told, *, keep_file: bool = True
) -> WrittenReport:
    """Count, draw and write the report; the console shows the same figures from then on.

    Parameters
    ----------
    now : aware moment of writing.
    told : hears what is being done.
    keep_file : whether it becomes the report of this week in `RAPPORT_HOME/reports`.

    Raises
    ------
    StartError
        The web parts are not built, so that there is nothing to draw with.
    """
    started = time.perf_counter()
    try:
        assets = read_assets(PROJECT / "web" / "dist")
    except FileNotFoundError as error:
        raise StartError(f"{error.filename} is missing: the charts' script is not built. Run `make setup`.") from error
    shop = load_shop(settings.shop)
    built = build_report(database, settings.artifacts, shop, now, told)
    zone = ZoneInfo(shop.timezone)
    report = _with_conversations(built.report, conversations_section(database, now, zone))
    html = page_of(report, assets, zone)
    file = keep(settings.reports, html, now) if keep_file else None
    return WrittenReport(report=report, html=html, file=file, seconds=time.perf_counter() - started)


def _with_conversations(report: Report, section: Section) -> Report:
    """Put the section before the last one, which is about the data."""
    return replace(report, sections=(*report.sections[:-1], section, *report.sections[-1:]))
