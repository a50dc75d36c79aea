"""Points, curves through points, and the joints of a dendrogram."""

from __future__ import annotations

from typing import Any

from analytics.report_records import Cell, Chart
from console.drawing.frame import framed, value_axis, whole_share

Option = dict[str, Any]


def dots(chart: Chart) -> Option:
    """A point a row, coloured by group."""
    series: list[Option] = [
        {"name": name, "type": "scatter", "data": points, "symbolSize": 6, "itemStyle": {"opacity": 0.7}}
        for name, points in _by_group(chart).items()
    ]
    return framed(chart, *_axes(chart), series, legend=len(series) > 1)


def curves(chart: Chart) -> Option:
    """A line a group, through its points in order."""
    series: list[Option] = []
    for name, points in _by_group(chart).items():
        dashed = name in chart.dashed
        line = {"width": 2.5, "type": "dashed" if dashed else "solid"}
        shown = {"name": name, "type": "line", "data": points, "lineStyle": line, "showSymbol": not dashed}
        series.append(shown | {"symbolSize": 7})
    return framed(chart, *_axes(chart), series, legend=len(series) > 1)


def tree(chart: Chart) -> Option:
    """A lying dendrogram: the leaves' names at the left, joints further right the less alike they are."""
    path: list[list[Cell]] = []
    for low, low_height, high, high_height, height in chart.drawn.rows:
        path += [[low_height, low], [height, low], [height, high], [high_height, high], ["-", "-"]]
    y = {
        "type": "value", "min": -1, "max": len(chart.leaves), "interval": 1, "inverse": True, "name": "",
        "splitLine": {"show": False}, "axisLabel": {"width": 150, "overflow": "truncate"},
    }  # fmt: skip
    series = [{"type": "line", "data": path, "showSymbol": False, "connectNulls": False, "lineStyle": {"width": 2}}]
    option = framed(chart, value_axis(chart.x, below=True), y, series)
    return option | {"tooltip": {"show": False}}


def _by_group(chart: Chart) -> dict[str, list[list[Cell]]]:
    groups: dict[str, list[list[Cell]]] = {}
    for x, y, group in chart.drawn.rows:
        groups.setdefault(str(group), []).append([x, y])
    return groups


def _axes(chart: Chart) -> tuple[Option, Option]:
    across, up = chart.drawn.columns[:2]
    x = value_axis(chart.x, below=True, log="x" in chart.log)
    return whole_share(x, across.kind), whole_share(value_axis(chart.y, log="y" in chart.log), up.kind)
