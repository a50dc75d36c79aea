"""A report as JSON and back, so that it can be kept and shown without being computed again."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from analytics.report_records import Card, Chart, Column, Finding, Grid, Listing, Part, Report, Section

#: Grows whenever the records change; older ones are then read no more.
FORMAT = 1


def packed(report: Report) -> bytes:
    """Give the report as JSON."""
    told = asdict(report) | {"format": FORMAT}
    for section, told_section in zip(report.sections, told["sections"], strict=True):
        for part, told_part in zip(section.parts, told_section["parts"], strict=True):
            told_part["part"] = type(part).__name__
    return json.dumps(told, ensure_ascii=False, default=_plain, separators=(",", ":")).encode()


def unpacked(content: bytes) -> Report | None:
    """Give back what `packed` gave; None where it is of another version of these records."""
    told = json.loads(content)
    if told.pop("format", None) != FORMAT:
        return None
    told["made_at"], told["as_of"] = datetime.fromisoformat(told["made_at"]), datetime.fromisoformat(told["as_of"])
    told["summary"] = tuple(Finding(**finding) for finding in told["summary"])
    told["sections"] = tuple(_section(section) for section in told["sections"])
    return Report(**told)


def _plain(value: Any) -> Any:
    """Give what JSON knows for a moment or a number of NumPy or the database."""
    if isinstance(value, datetime):
        return value.isoformat()
    return float(value)


def _section(told: dict[str, Any]) -> Section:
    parts = tuple(_part(part) for part in told.pop("parts"))
    return Section(parts=parts, missing=tuple(told.pop("missing")), **told)


def _part(told: dict[str, Any]) -> Part:
    kind = told.pop("part")
    if kind == "Card":
        told["paragraphs"], told["facts"] = tuple(told["paragraphs"]), tuple(map(tuple, told["facts"]))
        return Card(**told)
    if kind == "Listing":
        return Listing(**(told | {"grid": _grid(told["grid"])}))
    grids = {"drawn": _grid(told["drawn"]), "table": _grid(told["table"]) if told["table"] else None}
    tuples = {name: tuple(told[name]) for name in ("log", "over", "dashed", "leaves")}
    return Chart(**(told | grids | tuples))


def _grid(told: dict[str, Any]) -> Grid:
    return Grid(tuple(Column(**column) for column in told["columns"]), tuple(tuple(row) for row in told["rows"]))
