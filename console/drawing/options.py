"""From a chart to its ECharts option, by shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from analytics.report_records import Chart
from console.drawing.fields import boxes, flow, heat
from console.drawing.frame import category_axis, framed, value_axis, whole_share
from console.drawing.points import curves, dots, tree

Option = dict[str, Any]


def option_of_chart(chart: Chart, currency: str) -> Option:
    """Give the ECharts option that draws a chart.

    Parameters
    ----------
    chart : with at least one row.
    currency : sign or code put to amounts.
    """
    return _SHAPES[chart.shape](chart) | {"rapport": {"currency": currency, **_kinds(chart)}}


def _kinds(chart: Chart) -> dict[str, Any]:
    """Say how the figures of each axis are written, and what else the browser has to know."""
    kinds = [column.kind for column in chart.drawn.columns]
    if chart.shape in ("dots", "curves"):
        return {
            "x": kinds[0],
            "y": kinds[1],
            "x_name": chart.drawn.columns[0].name,
            "y_name": chart.drawn.columns[1].name,
        }
    if chart.shape == "bars":
        return {"x": kinds[1]}
    if chart.shape == "boxes":
        return {"x": kinds[1], "marks": [column.name for column in chart.drawn.columns[1:]]}
    if chart.shape in ("heat", "flow"):
        negative = any(isinstance(row[2], int | float) and row[2] < 0 for row in chart.drawn.rows)
        return {"value": kinds[2], "diverging": negative}
    if chart.shape == "tree":
        return {"x": kinds[4], "leaves": list(chart.leaves)}
    return {"y": kinds[1]}


def _columns(chart: Chart) -> Option:
    names = chart.drawn.columns[1:]
    standing = [column.name for column in names if column.name not in chart.over]
    series: list[Option] = []
    for number, column in enumerate(names, start=1):
        data = [row[number] for row in chart.drawn.rows]
        if column.name in chart.over:
            series.append(
                {"name": column.name, "type": "line", "data": data, "symbolSize": 7, "lineStyle": {"width": 2.5}}
            )
        else:
            rounded = {} if len(standing) > 1 else {"itemStyle": {"borderRadius": [3, 3, 0, 0]}}
            bar = {"name": column.name, "type": "bar", "data": data, "barMaxWidth": 46, "barCategoryGap": "18%"}
            series.append(bar | rounded | ({"stack": "all"} if len(standing) > 1 else {}))
    return framed(
        chart, category_axis(chart.x, [row[0] for row in chart.drawn.rows]), value_axis(chart.y), series,
        legend=len(series) > 1, trigger="axis",
    )  # fmt: skip


def _lines(chart: Chart) -> Option:
    series = [
        {
            "name": column.name, "type": "line", "data": [row[number] for row in chart.drawn.rows],
            "connectNulls": False, "symbolSize": 7, "lineStyle": {"width": 2.5},
        }
        for number, column in enumerate(chart.drawn.columns[1:], start=1)
    ]  # fmt: skip
    return framed(
        chart, category_axis(chart.x, [row[0] for row in chart.drawn.rows]), value_axis(chart.y), series,
        legend=len(series) > 1, trigger="axis",
    )  # fmt: skip


def _bars(chart: Chart) -> Option:
    names = category_axis("", [row[0] for row in chart.drawn.rows], wide=True) | {"inverse": True}
    series = [
        {
            "name": chart.drawn.columns[1].name, "type": "bar", "barMaxWidth": 22,
            "data": [row[1] for row in chart.drawn.rows], "itemStyle": {"borderRadius": [0, 4, 4, 0]},
        }
    ]  # fmt: skip
    x = whole_share(value_axis(chart.x, below=True), chart.drawn.columns[1].kind)
    return framed(chart, x, names, series, trigger="axis")


_SHAPES: dict[str, Callable[[Chart], Option]] = {
    "columns": _columns, "lines": _lines, "bars": _bars, "boxes": boxes, "heat": heat, "flow": flow, "dots": dots,
    "curves": curves, "tree": tree,
}  # fmt: skip
