"""The port through which people look at the whole shop: the kept report, lists of customers and segments."""

from __future__ import annotations

from typing import Protocol

from analytics.insight_records import CustomerPage, CustomerQuery, SegmentRow
from analytics.report_records import Report


class InsightService(Protocol):
    """Everything here is read; a list costs milliseconds, whatever the size of the shop."""

    def report(self) -> Report | None:
        """Give the report that was made last; None before the first (`rapport report`)."""

    def customers(self, wanted: CustomerQuery) -> CustomerPage:
        """Give one page of customers; what is not known of one stands last, whichever way the list goes."""

    def segments(self) -> tuple[SegmentRow, ...]:
        """Give the segments in use, by id; none before they were found."""
