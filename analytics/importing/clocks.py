"""Moments that cannot be, and local times that daylight saving skips or repeats: for the report."""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

from datetime import date

import duckdb

from analytics.importing.findings import Findings
from analytics.importing.ids import columns_of
from analytics.importing.readers import ROW, literal, quoted
from analytics.importing.targets import TARGETS
from analytics.importing.values import before_all


def report_clocks(
    connection: duckdb.DuckDBPyConnection, tables: list[str], zone: str, earliest: date, findings: Findings
) -> None:
    """Tell of impossible moments and of clocks put on or back; before the demonstration's dates are moved."""
    for table in tables:
        have = columns_of(connection, f"all_{table}")
        for field in TARGETS[table].fields:
            if field.kind != "moment" or field.name not in have:
                continue
            _impossible(table, field.name, earliest, findings, optional=f"early_{field.name}" in have)
            if f"clock_{field.name}" in have:
                _doubtful(connection, table, field.name, zone, findings)


def _impossible(table: str, column: str, earliest: date, findings: Findings, *, optional: bool) -> None:
    which = f"early_{column}" if optional else f"_reason = {literal(before_all(column, earliest))}"
    rows = f"SELECT {ROW} AS row, {literal(column)} AS field FROM {quoted('all_' + table)} WHERE {which} ORDER BY {ROW}"
    findings.look(table, "impossible_dates", rows, done="left out", shown=("row", "field"))


def _doubtful(connection: duckdb.DuckDBPyConnection, table: str, column: str, zone: str, findings: Findings) -> None:
    """Find clocks that no instant shows, and clocks that two instants show."""
    shown, instant = quoted(f"clock_{column}"), quoted(column)

    def clock_at(moment: str) -> str:
        return f"((({moment}) AT TIME ZONE 'UTC') AT TIME ZONE {literal(zone)})"

    connection.execute(
        f"""
        CREATE OR REPLACE TABLE clocks AS
        SELECT clock, CASE WHEN {clock_at("moment")} <> clock THEN 'dst_gap'
                           WHEN {clock_at("moment + INTERVAL 1 HOUR")} = clock
                             OR {clock_at("moment - INTERVAL 1 HOUR")} = clock THEN 'dst_twice' END AS what
        FROM (SELECT DISTINCT {shown} AS clock, {instant} AS moment FROM {quoted("all_" + table)}
              WHERE {shown} IS NOT NULL AND {instant} IS NOT NULL)
        """
    )
    for check in ("dst_gap", "dst_twice"):
        rows = (
            f"SELECT {shown} AS clock FROM {quoted('all_' + table)} JOIN clocks c ON c.clock = {shown} "
            f"WHERE c.what = '{check}' ORDER BY {ROW}"
        )
        findings.look(table, check, rows, done="kept", shown=("clock",))
