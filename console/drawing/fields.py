"""Heat maps, boxes and flows."""

from __future__ import annotations

from typing import Any

from analytics.report_records import Chart
from console.drawing.frame import category_axis, framed, value_axis

Option = dict[str, Any]
#: Up to so many fields carry their figure; more would be unreadable.
_LABELLED = 140
#: Names longer than this break into lines, where there are not more than so many of them.
_LONG, _BREAKING = 8, 14


def heat(chart: Chart) -> Option:
    """A coloured field for each pair of names."""
    across, down = (list(dict.fromkeys(str(row[place]) for row in chart.drawn.rows)) for place in (0, 1))
    data = [[across.index(str(row[0])), down.index(str(row[1])), row[2]] for row in chart.drawn.rows]
    figures = [float(row[2]) for row in chart.drawn.rows if isinstance(row[2], int | float)] or [0.0]
    low, high = min(*figures, 0.0), max(figures)
    if low < 0:
        high = max(high, -low)
        low = -high
    series = [
        {
            "name": chart.drawn.columns[2].name, "type": "heatmap", "data": data,
            "label": {"show": len(data) <= _LABELLED, "fontSize": 11},
        }
    ]  # fmt: skip
    y = category_axis("", down, wide=True) | {"inverse": True}
    x = category_axis(chart.x, across)
    option = framed(chart, x, y, series)
    if max(len(name) for name in across) > _LONG and len(across) <= _BREAKING:
        x["axisLabel"] = {"interval": 0, "width": 84, "overflow": "break", "lineHeight": 13}
        x["nameGap"], option["grid"]["bottom"] = 46, 40
    # The scale stands beside the fields in the table; a slider would only take room.
    return option | {"visualMap": {"show": False, "min": low, "max": high or 1.0, "type": "continuous"}}


def boxes(chart: Chart) -> Option:
    """A lying box for each name."""
    data = [list(row[1:6]) for row in chart.drawn.rows]
    names = category_axis("", [row[0] for row in chart.drawn.rows], wide=True) | {"inverse": True}
    series = [
        {"name": chart.x, "type": "boxplot", "data": data, "boxWidth": [8, 26], "itemStyle": {"borderWidth": 1.6}}
    ]
    return framed(chart, value_axis(chart.y, below=True), names, series)


def flow(chart: Chart) -> Option:
    """A band from a name at the left to one at the right, as wide as its figure."""
    sides = [list(dict.fromkeys(str(row[place]) for row in chart.drawn.rows)) for place in (0, 1)]
    # The same name may stand on both sides: the nodes' own names are told apart by their side.
    nodes = [
        {"name": f"{side}:{name}", "label": {"position": ("right", "left")[side]}}
        for side, names in enumerate(sides)
        for name in names
    ]
    links = [{"source": f"0:{row[0]}", "target": f"1:{row[1]}", "value": row[2]} for row in chart.drawn.rows if row[2]]
    return {
        "tooltip": {"trigger": "item"},
        "series": [
            {
                "type": "sankey", "data": nodes, "links": links, "left": 4, "right": 4, "top": 8, "bottom": 8,
                "nodeGap": 12, "draggable": False, "emphasis": {"focus": "adjacency"},
                "lineStyle": {"color": "source", "opacity": 0.35},
            }
        ],
    }  # fmt: skip
