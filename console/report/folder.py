"""The folder of reports: one file a week, the last twelve are kept."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

#: Weeks of which a report is kept.
KEPT = 12
_NAME = re.compile(r"\d{4}-W\d{2}\.html\Z")


@dataclass(frozen=True, slots=True)
class KeptReport:
    """One file: its name is its week, "2026-W48"."""

    week: str
    written_at: datetime
    size: int


def week_of(now: datetime) -> str:
    """Give the ISO week of a moment: "2026-W48"."""
    year, week, _ = now.isocalendar()
    return f"{year}-W{week:02d}"


def keep(folder: Path, html: str, now: datetime) -> Path:
    """Write the report of this week over an earlier one of the same week; remove those older than the last twelve."""
    file = folder / f"{week_of(now)}.html"
    write_whole(file, html)
    for old in sorted((each for each in folder.iterdir() if _NAME.match(each.name)), reverse=True)[KEPT:]:
        old.unlink()
    return file


def write_whole(file: Path, html: str) -> None:
    """Write beside and rename: a reader sees the whole file or the one before."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_text(html, encoding="utf-8")
    beside.replace(file)


def kept_reports(folder: Path) -> list[KeptReport]:
    """List the files, the newest week first."""
    if not folder.is_dir():
        return []
    found = []
    for file in sorted(folder.iterdir(), reverse=True):
        if _NAME.match(file.name):
            told = file.stat()
            found.append(KeptReport(file.stem, datetime.fromtimestamp(told.st_mtime, UTC), told.st_size))
    return found


def report_file(folder: Path, week: str) -> Path | None:
    """Give the file of a week; None where there is none, or where the name is not a week's."""
    file = folder / f"{week}.html"
    return file if _NAME.match(file.name) and file.is_file() else None
