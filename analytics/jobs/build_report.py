"""The job that counts and draws what people see of the shop, and keeps it for the console."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analytics.artifacts.registry import ArtifactRegistry
from analytics.report_records import Report
from analytics.reporting.making import make_report
from analytics.reporting.packing import packed
from analytics.reporting.service import ARTIFACT
from analytics.shop.loader import Shop
from store.engine import Database

#: Called with the name of the step and how much of the whole is done, 0..1.
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltReport:
    """The report, the version under which it is kept, seconds of wall time."""

    report: Report
    version: str
    seconds: float


def build_report(database: Database, artifacts_dir: Path, shop: Shop, now: datetime, progress: Progress) -> BuiltReport:
    """Make the report and keep it as the one in use.

    Parameters
    ----------
    database : with all tables.
    artifacts_dir : where it is kept.
    shop : whose name, currency and zone are told.
    now : aware moment of making.
    progress : told of every step.
    """
    started = time.perf_counter()
    report = make_report(database, artifacts_dir, shop, now, progress)
    registry = ArtifactRegistry(database, artifacts_dir)
    version = registry.save(ARTIFACT, packed(report), metrics={"sections": len(report.sections)}, now=now)
    registry.prune(ARTIFACT)
    progress("Report made", 1.0)
    return BuiltReport(report=report, version=version, seconds=time.perf_counter() - started)
