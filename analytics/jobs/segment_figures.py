"""The figures of the segments in use as customers are in them now, by the engine that is chosen."""

from __future__ import annotations

import time
from dataclasses import dataclass

from analytics import columns as c
from analytics.features.engines import Engine
from analytics.segmentation.engines import summaries_by
from analytics.segmentation.summaries import Summary
from store.engine import Database
from store.repositories.insights import segment_rows

_HEADER = (
    "segment",
    "customers",
    "share",
    "spent in all",
    "of all",
    "orders",
    "last seen",
    "orders each",
    "spent each",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresReport:
    """Figures of each segment, and of everybody at the end; `names` in the same order. Nothing without segments."""

    engine: Engine
    names: tuple[str, ...]
    segments: tuple[Summary, ...]
    seconds: float

    def lines(self, currency: str) -> list[str]:
        """Give the report as a table for a terminal: means are in the JSON, what is each customer's is a median."""
        if not self.segments:
            return ["There are no segments yet; `rapport segments` finds them."]
        rows = [_HEADER, *(_row(name, one, currency) for name, one in zip(self.names, self.segments, strict=True))]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        numbers = [map(str.rjust, row[1:], widths[1:]) for row in rows]
        table = ["  ".join((row[0].ljust(widths[0]), *cells)) for row, cells in zip(rows, numbers, strict=True)]
        return [*table, f"Counted by {self.engine} in {self.seconds:.1f} s; what is each customer's is a median."]


def segment_figures(engine: Engine, database: Database) -> FiguresReport:
    """Count the segments.

    Raises
    ------
    EngineUnavailable
        The engine cannot run here.
    """
    started = time.perf_counter()
    counted = summaries_by(engine, database)
    with database.read() as connection:
        names = {row.segment_id: row.name for row in segment_rows(connection)}
    segments = (*counted.segments, counted.everybody) if counted else ()
    named = tuple("everybody" if one.segment_id is None else _name(one.segment_id, names) for one in segments)
    return FiguresReport(engine=engine, names=named, segments=segments, seconds=time.perf_counter() - started)


def _name(segment: int, names: dict[int, str]) -> str:
    return f"{segment}. {names.get(segment, '')}".rstrip()


def _row(name: str, one: Summary, currency: str) -> tuple[str, ...]:
    middle = one.medians
    return (
        name,
        f"{one.customers:,}",
        f"{one.share:.1%}",
        f"{currency}{one.revenue:,.2f}",
        f"{one.revenue_share:.1%}",
        f"{one.orders:,}",
        f"{middle[c.RECENCY_DAYS]:,.1f} days ago",
        f"{middle[c.FREQUENCY]:,g}",
        f"{currency}{middle[c.MONETARY]:,.2f}",
    )
