"""`rapport report`: everything the data says of the shop, as one page for people."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from rapport.cli.console import Json, err, out, print_json
from rapport.cli.steps import Steps
from rapport.errors import InputError
from rapport.settings_loading import load_settings

Out = Annotated[
    Path | None,
    typer.Option("--out", help="Write to this file, and leave the kept reports alone.", show_default=False),
]


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("report")(report)


def report(out_file: Out = None, json: Json = False) -> None:
    """Write down what the data says of the shop.

    One HTML file that needs no network: a summary in sentences, charts with their tables, segments, predictions, data
    quality. Without --out it is the report of this week in RAPPORT_HOME/reports, where the last twelve are kept.
    """
    from console.report.folder import write_whole
    from rapport.databases import open_ready
    from rapport.reporting import write_report

    settings = load_settings()
    if out_file is not None and (out_file.is_dir() or not out_file.absolute().parent.is_dir()):
        raise InputError(f"--out {out_file}: name a file in a folder that exists.")
    database = open_ready(settings)
    try:
        with Steps(err(), quiet=json).step("Report") as step:
            written = write_report(settings, database, datetime.now(UTC), step, keep_file=out_file is None)
            step.result = f"{len(written.html) / 1e6:.1f} MB"
    finally:
        database.close()
    file = written.file
    if out_file is not None:
        write_whole(out_file, written.html)
        file = out_file.absolute()
    if json:
        print_json({"file": str(file), "seconds": round(written.seconds, 2), **_told(written.report, ZoneInfo("UTC"))})
        return
    out().print("\n".join([*(finding.text for finding in written.report.summary), "", f"Written to {file}"]))


def _told(report: Any, zone: ZoneInfo) -> dict[str, Any]:
    """Give what a program wants of a report: when, what, which charts."""
    return {
        "shop": report.shop,
        "as_of": report.as_of.astimezone(zone).isoformat(timespec="seconds"),
        "summary": [{"kind": each.kind, "text": each.text, "section": each.section} for each in report.summary],
        "sections": {
            each.name: {"parts": [part.name for part in each.parts], "missing": list(each.missing)}
            for each in report.sections
        },
    }
