"""Cells of a report's tables as people read them."""

from __future__ import annotations

from analytics.report_records import Cell, Kind
from console.filters import money


def cell_text(value: Cell, kind: Kind, currency: str) -> str:
    """Write a cell: "–" where nothing is known, shares as per cent, amounts with the currency."""
    if value is None:
        return "–"
    if kind == "text" or isinstance(value, str):
        return str(value)
    if kind == "money":
        return money(value, currency).replace("-", "−")
    if kind == "share":
        return f"{100 * value:.1f} %".replace("-", "−")
    if kind == "count":
        return f"{value:,.0f}".replace("-", "−")
    digits = 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    shown = f"{value:,.{digits}f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown).replace("-", "−")
