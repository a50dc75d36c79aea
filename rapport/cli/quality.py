"""`rapport quality`: how far the data can be trusted, and what would make it better."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from rapport.cli import customers
from rapport.cli.console import Json, out, print_json
from rapport.settings_loading import load_settings

if TYPE_CHECKING:
    from analytics.quality_records import Finding, QualityReport, SourceRun


def add_to(app: typer.Typer) -> None:
    """Add the command of this module, and those that mend what it tells of: who is whom."""
    app.command("quality")(quality)
    customers.add_to(app)


def quality(json: Json = False) -> None:
    """Tell how good the data are.

    What the latest import of each source found and did about it; what is complete, how fresh and how even it is.
    """
    from analytics.quality.reading import quality_of
    from rapport.databases import open_ready

    database = open_ready(load_settings())
    try:
        with database.read() as connection:
            report = quality_of(connection)
    finally:
        database.close()
    if json:
        print_json(asdict(report))
    else:
        out().print("\n".join(report_lines(report)), soft_wrap=True, markup=False, highlight=False)


def report_lines(report: QualityReport) -> list[str]:
    """Give the report as lines for a terminal."""
    if not report.runs:
        return ["Nothing was imported yet: run `rapport import`."]
    lines = [line for run in report.runs for line in _run_lines(run)]
    lines.append("Complete")
    lines += [f"  {one.share:6.1%}  {one.what}" for one in report.completeness if one.of]
    if report.last_order_at and report.first_order_at:
        span = f"{report.first_order_at:%Y-%m-%d} to {report.last_order_at:%Y-%m-%d}"
        lines.append(f"Orders from {span}; the last is {report.days_old:,.1f} days old")
    lines += [f"  no order from {gap.first} to {gap.last} ({gap.days} days)" for gap in report.gaps]
    lines += [
        f"  week of {jump.week}: {jump.what} {jump.value:,.0f}, around it {jump.usual:,.0f}" for jump in report.jumps
    ]
    if report.merges:
        lines.append("Merges of customers: " + ", ".join(f"{count} {state}" for state, count in report.merges.items()))
    return lines


def _run_lines(run: SourceRun) -> list[str]:
    read, written = sum(run.read.values()), sum(run.written.values())
    lines = [f"{run.source}, imported {run.imported_at:%Y-%m-%d %H:%M} UTC: {written:,} of {read:,} rows"]
    lines += [
        f"  {name.replace('_', ' ')} {value:,.2f}" if isinstance(value, float) else f"  {_words(name)} {value:,}"
        for name, value in run.totals.items()
    ]
    for finding in run.findings:
        lines += _finding_lines(finding)
    return lines


def _finding_lines(finding: Finding) -> list[str]:
    money = "" if finding.amount is None else f", {finding.amount:,.2f} in money"
    lines = [
        f"  {finding.found:,} {_words(finding.table)} ({finding.share:.2%}) {finding.done}: {finding.what}{money}",
        f"    {finding.advice}",
    ]
    if finding.examples:
        first = ", ".join(f"{name} {value}" for name, value in finding.examples[0].items() if value is not None)
        lines.append(f"    such as {first}")
    return lines


def _words(name: str) -> str:
    return name.replace("_", " ")
