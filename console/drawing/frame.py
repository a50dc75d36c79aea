"""What all charts share: axes with their names, a grid, a legend, a tooltip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.report_records import Cell, Chart, Kind

Option = dict[str, Any]


def value_axis(name: str, *, below: bool = False, log: bool = False) -> Option:
    """Give an axis of figures; `below`: it lies, so its name stands in the middle under it."""
    placed: Option = {"nameLocation": "middle", "nameGap": 30, "splitNumber": 4} if below else {
        "nameLocation": "end", "nameGap": 12, "nameTextStyle": {"align": "left", "padding": [0, 0, 0, -28]},
    }  # fmt: skip
    return {"type": "log" if log else "value", "name": name, **placed, "axisLabel": {"hideOverlap": True}}


def whole_share(axis: Option, kind: Kind) -> Option:
    """End an axis of large shares at 100 %, not beyond."""
    return axis | {"min": 0, "max": 1, "interval": 0.2} if kind == "share" else axis


def category_axis(name: str, names: Sequence[Cell], *, wide: bool = False) -> Option:
    """Give an axis of names; `wide`: it stands, so that long names have room and break."""
    label: Option = {"hideOverlap": True}
    if wide:
        # A few names break into lines, many are cut; the table has them whole.
        label = {"width": 160, "overflow": "truncate" if len(names) > 10 else "break", "interval": 0, "lineHeight": 13}
    return {
        "type": "category", "name": name, "data": [str(one) for one in names], "nameLocation": "middle", "nameGap": 30,
        "axisLabel": label,
    }  # fmt: skip


def framed(
    chart: Chart, x: Option, y: Option, series: list[Option], *, legend: bool = False, trigger: str = "item"
) -> Option:
    """Put axes and series together."""
    upright = y.get("nameLocation") == "end"
    top = (28 if legend else 4) + (26 if upright else 4)
    option: Option = {
        "grid": {"left": 6, "right": 18, "top": top, "bottom": 26 if x["name"] else 4, "containLabel": True},
        "xAxis": x, "yAxis": y, "series": series, "tooltip": {"trigger": trigger},
    }  # fmt: skip
    if trigger == "axis":
        option["tooltip"]["axisPointer"] = {"type": "none" if chart.shape == "bars" else "shadow"}
    if legend:
        option["legend"] = legend_of()
    return option


def legend_of() -> Option:
    """Give a legend on top that scrolls where it is too long."""
    return {"type": "scroll", "top": 0, "left": 0, "itemWidth": 12, "itemHeight": 12, "itemGap": 14}
