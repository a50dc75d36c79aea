"""What an import read, wrote and rejected: the record that the job returns and the run's row keeps."""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import duckdb

from analytics.importing.readers import ROW, Source, quoted
from analytics.quality_records import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCount:
    """Rows of one table: `read` = `written` + all of `rejected`."""

    read: int
    written: int
    #: {reason: rows}
    rejected: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """One row that was left out; `row_number` counts from 1 in its source."""

    table_name: str
    row_number: int
    reason: str
    row: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """A finished import. `seconds` of wall time; `steps` tells where it went."""

    import_id: int
    source: str
    tables: dict[str, TableCount]
    #: Whole days by which every date was moved.
    shifted_days: int
    seconds: float
    steps: dict[str, float]
    #: Figures before and after cleaning, where there were orders; see `analytics.importing.tidying`.
    totals: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def written(self) -> int:
        """Rows written over all tables."""
        return sum(count.written for count in self.tables.values())

    def counts(self) -> dict[str, Any]:
        """Give the counts as the table `import_runs` keeps them."""
        return {
            name: {"read": count.read, "written": count.written, "rejected": count.rejected}
            for name, count in self.tables.items()
        }

    def lines(self) -> list[str]:
        """Give the report as lines for a terminal."""
        lines = [f"{self.source}: {self.written:,} rows in {self.seconds:.1f} s"]
        for name, count in self.tables.items():
            lines.append(f"  {name.replace('_', ' ')}: {count.written:,} of {count.read:,}")
            lines += [f"    {rows:,} rejected: {reason}" for reason, rows in count.rejected.items()]
        lines += [f"  {one.found:,} {one.table.replace('_', ' ')} {one.done}: {one.what}" for one in self.findings]
        if self.findings:
            lines.append("  `rapport quality` tells more of them.")
        if self.shifted_days:
            lines.append(f"  all dates moved by {self.shifted_days:,} days")
        return lines


def count_table(connection: duckdb.DuckDBPyConnection, table: str) -> TableCount:
    """Count the good and the rejected rows of `all_<table>`, most frequent reason first."""
    rows = connection.execute(
        f"SELECT _reason, count(*) FROM {quoted('all_' + table)} GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    rejected = {reason: count for reason, count in rows if reason is not None}
    written = sum(count for reason, count in rows if reason is None)
    return TableCount(read=written + sum(rejected.values()), written=written, rejected=rejected)


def first_rejected(
    connection: duckdb.DuckDBPyConnection, table: str, source: Source, used: set[str], limit: int
) -> list[RejectedRow]:
    """Give the first rejected rows of each reason, with their values as they stand in the source."""
    columns = "".join(f", s.{quoted(column)}" for column in sorted(used))
    found = connection.execute(
        f"SELECT r.{ROW}, r._reason{columns} FROM {quoted('all_' + table)} r "
        f"JOIN {quoted('src_' + source.name)} s USING ({ROW}) WHERE r._reason IS NOT NULL "
        f"QUALIFY row_number() OVER (PARTITION BY r._reason ORDER BY r.{ROW}) <= ? ORDER BY r.{ROW}",
        [limit],
    ).fetchall()
    names = sorted(used)
    return [
        RejectedRow(
            table_name=table,
            row_number=row[0],
            reason=row[1],
            row={name: None if value is None else str(value) for name, value in zip(names, row[2:], strict=True)},
        )
        for row in found
    ]
