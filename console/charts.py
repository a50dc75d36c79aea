"""ECharts options from tables: data only, so that no cell can ever become markup or script."""

from __future__ import annotations

from typing import Any

from console.tables import FigureTable


def option_of(table: FigureTable) -> dict[str, Any]:
    """Give the ECharts option that draws a table."""
    return _bars(table) if table.shape == "bars" else _over_time(table)


def _over_time(table: FigureTable) -> dict[str, Any]:
    drawn = [(number, name) for number, name in enumerate(table.columns) if number and name not in table.beside]
    series = [_series(table, number, name) for number, name in drawn]
    value_axis: dict[str, Any] = {"type": "value", "minInterval": 1}
    if table.name == "sentiment":
        value_axis = {"type": "value", "min": -1, "max": 1, "interval": 0.5}
    return {
        "legend": {
            "show": len(series) > 1,
            "type": "scroll",
            "top": 0,
            "left": 0,
            "itemWidth": 12,
            "itemHeight": 12,
            "icon": "roundRect",
        },
        "tooltip": {"trigger": "axis"},
        "grid": {"left": 4, "right": 12, "top": 36 if len(series) > 1 else 12, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "category", "data": [row[0] for row in table.rows], "boundaryGap": True},
        "yAxis": value_axis,
        "series": series,
    }


def _series(table: FigureTable, number: int, name: str) -> dict[str, Any]:
    data = [row[number] for row in table.rows]
    if table.shape == "stack":
        return {"name": name, "type": "bar", "stack": "all", "barMaxWidth": 44, "data": data}
    return {
        "name": name, "type": "line", "data": data, "connectNulls": False, "smooth": 0.25, "symbolSize": 6,
        "lineStyle": {"width": 2.5}, "areaStyle": {"opacity": 0.08 if number == 1 else 0},
    }  # fmt: skip


def _bars(table: FigureTable) -> dict[str, Any]:
    rows = table.rows[::-1]  # ECharts draws a category axis upwards
    return {
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "none"}},
        "grid": {"left": 4, "right": 32, "top": 4, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": {"type": "category", "data": [row[0] for row in rows]},
        "series": [
            {
                "name": table.columns[1], "type": "bar", "barMaxWidth": 24, "data": [row[1] for row in rows],
                "itemStyle": {"borderRadius": [0, 4, 4, 0]}, "label": {"show": True, "position": "right"},
            }
        ],
    }  # fmt: skip
