"""An erased customer taken out of the kept report: whoever is told by number stands in a list under "Customer"."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from analytics.artifacts.registry import ArtifactDamaged, ArtifactMissing, ArtifactRegistry
from analytics.report_records import Listing, Part, Report
from analytics.reporting.packing import packed, unpacked
from analytics.reporting.service import ARTIFACT
from analytics.reporting.words import CUSTOMER
from store.engine import Database
from store.repositories.artifacts import artifact_versions


def erase_from_report(database: Database, artifacts_dir: Path, customer_id: str) -> int:
    """Write the report in use anew without her, and delete earlier versions; give how many versions named her.

    A version of another program, or whose file is damaged, cannot be read any more and is left alone.
    """
    registry = ArtifactRegistry(database, artifacts_dir)
    with database.read() as connection:
        versions = artifact_versions(connection, ARTIFACT)
    naming = []
    for version in versions:
        report = _read(registry, version.version)
        rid = report and without_customer(report, customer_id)
        if report is None or rid is None or rid == report:
            continue
        naming.append(version.version)
        if version.active:
            registry.save(ARTIFACT, packed(rid), metrics=version.metrics, now=version.created_at)
    registry.forget(ARTIFACT, naming)
    return len(naming)


def without_customer(report: Report, customer_id: str) -> Report:
    """Give the report without the rows that name her."""

    def rid(part: Part) -> Part:
        if not isinstance(part, Listing) or not part.grid.columns or part.grid.columns[0].name != CUSTOMER:
            return part
        return replace(part, grid=replace(part.grid, rows=tuple(r for r in part.grid.rows if r[0] != customer_id)))

    sections = tuple(replace(section, parts=tuple(map(rid, section.parts))) for section in report.sections)
    return replace(report, sections=sections)


def _read(registry: ArtifactRegistry, version: str) -> Report | None:
    try:
        return unpacked(registry.load(ARTIFACT, version).content)
    except (ArtifactMissing, ArtifactDamaged):
        return None
