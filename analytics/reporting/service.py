"""The implementation of the insight port."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analytics.artifacts.registry import ArtifactMissing, ArtifactRegistry
from analytics.failures import unavailable_on_database_failure
from analytics.insight_records import CustomerPage, CustomerQuery, CustomerRow, SegmentRow
from analytics.report_records import Report
from analytics.reporting.packing import unpacked
from store.engine import Database
from store.repositories.insights import any_predicted, list_customers, segment_rows

#: Name of the kept report in the artifact registry.
ARTIFACT = "report"


class SqlInsightService:
    """Implements `analytics.insight_service.InsightService`; safe to share between threads.

    Parameters
    ----------
    database : with all tables; only read.
    artifacts_dir : where the report is kept.
    """

    def __init__(self, database: Database, artifacts_dir: Path) -> None:
        self._database = database
        self._registry = ArtifactRegistry(database, artifacts_dir)
        #: Version and content of the report that was read last; exchanged as a whole, so no lock is needed.
        self._read: tuple[str, Report | None] | None = None

    @unavailable_on_database_failure
    def report(self) -> Report | None:
        """See `InsightService.report`. Read from disk once a version."""
        version = self._registry.active_version(ARTIFACT)
        if version is None:
            return None
        read = self._read
        if read is None or read[0] != version:
            try:
                read = self._read = (version, unpacked(self._registry.load(ARTIFACT, version).content))
            except ArtifactMissing:
                return None
        return read[1]

    @unavailable_on_database_failure
    def customers(self, wanted: CustomerQuery) -> CustomerPage:
        """See `InsightService.customers`."""
        with self._database.read() as connection:
            found = list_customers(
                connection, search=wanted.search, segment_id=wanted.segment_id, sort=wanted.sort,
                descending=wanted.descending, offset=wanted.page * wanted.size, limit=wanted.size,
            )  # fmt: skip
            predicted = any_predicted(connection)
        return CustomerPage(rows=tuple(_customer(row) for row in found.rows), total=found.total, predicted=predicted)

    @unavailable_on_database_failure
    def segments(self) -> tuple[SegmentRow, ...]:
        """See `InsightService.segments`."""
        with self._database.read() as connection:
            rows = segment_rows(connection)
        everybody = sum(row.size for row in rows) or 1
        return tuple(
            SegmentRow(
                segment_id=row.segment_id, name=row.name, portrait=row.portrait, size=row.size,
                share=row.size / everybody, means=dict(row.means),
            )
            for row in rows
        )  # fmt: skip


def _customer(row: Any) -> CustomerRow:
    return CustomerRow(
        customer_id=row.customer_id, name=row.name, segment_id=row.segment_id, segment=row.segment,
        recency_days=row.recency_days, orders=row.frequency, spent=row.monetary, churn=row.churn, value=row.value,
        at_risk=row.at_risk,
    )  # fmt: skip
