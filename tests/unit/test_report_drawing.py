"""Charts as ECharts options, cells as text, colours that everybody can tell apart."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analytics.report_records import Cell, Chart, Column, Grid, Kind, Shape
from analytics.reporting.bins import Bins, counts_in, round_bins
from console.drawing import option_of_chart
from console.drawing.writing import cell_text

ROOT = Path(__file__).parents[2]


def chart(shape: Shape, rows: tuple[tuple[Cell, ...], ...], *kinds: Kind) -> Chart:
    columns = tuple(Column(f"column {number}", kind) for number, kind in enumerate(kinds))
    return Chart(
        name="one", title="One", about="Counted.", shape=shape, drawn=Grid(columns, rows), x="Across", y="Up", n=3,
        of="orders",
    )  # fmt: skip


DRAWN: dict[Shape, Chart] = {
    "columns": chart("columns", (("a", 1, 2), ("b", 3, None)), "text", "count", "count"),
    "lines": chart("lines", (("a", 0.5), ("b", None)), "text", "share"),
    "bars": chart("bars", (("a", 10.0), ("b", 2.5)), "text", "money"),
    "boxes": chart("boxes", (("a", 1, 2, 3, 4, 5),), "text", *("money",) * 5),
    "dots": chart("dots", ((1, 2.0, "x"), (3, 4.0, "y")), "count", "money", "text"),
    "curves": chart("curves", ((0.1, 0.2, "x"), (0.5, 0.4, "x")), "share", "share", "text"),
    "heat": chart("heat", (("mon", "9", 0.5), ("tue", "9", 1.0)), "text", "text", "share"),
    "flow": chart("flow", (("a", "a", 5), ("a", "b", 0)), "text", "text", "count"),
    "tree": replace(chart("tree", ((0, 0, 1, 0, 2.5),), *("figure",) * 5), leaves=("x", "y")),
}


@pytest.mark.parametrize("shape", DRAWN)
def test_every_shape_becomes_plain_data_with_named_axes(shape: Shape) -> None:
    option = option_of_chart(DRAWN[shape], "$")
    assert json.loads(json.dumps(option)) == option
    assert option["series"]
    if shape != "flow":
        names = {option["xAxis"]["name"], option["yAxis"]["name"]}
        assert names & {"Across", "Up"}


def test_several_figures_are_stacked_and_some_drawn_as_a_line() -> None:
    drawn = replace(DRAWN["columns"], over=("column 2",))
    one, other = option_of_chart(drawn, "$")["series"]
    assert (one["type"], other["type"], "stack" in one) == ("bar", "line", False)
    assert [series["stack"] for series in option_of_chart(DRAWN["columns"], "$")["series"]] == ["all", "all"]


def test_fields_below_zero_are_coloured_both_ways() -> None:
    below = chart("heat", (("a", "x", -1.5), ("b", "x", 1.0)), "text", "text", "figure")
    option = option_of_chart(below, "$")
    assert option["rapport"]["diverging"]
    assert (option["visualMap"]["min"], option["visualMap"]["max"]) == (-1.5, 1.5)


def test_a_name_on_both_sides_of_a_flow_is_two_nodes() -> None:
    (series,) = option_of_chart(DRAWN["flow"], "$")["series"]
    assert [node["name"] for node in series["data"]] == ["0:a", "1:a", "1:b"]
    assert series["links"] == [{"source": "0:a", "target": "1:a", "value": 5}]


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, "money", "–"), (1234.5, "money", "$1,234.50"), (-3.0, "money", "$−3.00"),
        (0.1234, "share", "12.3\u00a0%"),
        (1234.0, "count", "1,234"), (12.345, "figure", "12.3"), (1.2345, "figure", "1.23"),
        (0.12345, "figure", "0.123"),
        (30.0, "days", "30"), ("<b>", "text", "<b>"),
    ],
)  # fmt: skip
def test_cells_are_written_by_their_kind(value: Cell, kind: Kind, text: str) -> None:
    assert cell_text(value, kind, "$") == text


def test_bars_are_round_and_keep_the_tail() -> None:
    assert round_bins(97.0) == Bins(5.0, 21)
    assert round_bins(3.0, whole=True) == Bins(1.0, 4)
    assert Bins(5.0, 3).labels(lambda edge: f"{edge:g}") == ["0–5", "5–10", "10 and more"]
    assert Bins(3.0, 3).labels(lambda edge: f"{edge:g}", whole=True) == ["0–2", "3–5", "6 and more"]
    assert Bins(1.0, 3).labels(lambda edge: f"{edge:g}", whole=True) == ["0", "1", "2 and more"]
    assert counts_in([(0, 2), (7, 1)], Bins(5.0, 3)) == [2, 0, 1]


#: How people see who lack the cones for red, for green, for blue (Machado, Oliveira and Fernandes 2009).
SIGHTS = {
    "all": np.eye(3),
    "no red": np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
    "no green": np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
    "no blue": np.array([[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]]),
}


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9503]])
    x, y, z = np.cbrt(np.clip(to_xyz @ light / np.array([0.9505, 1.0, 1.0888]), 1e-6, None))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def palettes() -> list[tuple[str, list[str]]]:
    """Surface and chart colours, in light and in dark."""
    sheet = (ROOT / "web/console/src/styles/colours.css").read_text()
    found = []
    for look in sheet.split("@media"):
        surface = re.search(r"--surface: (#\w{6})", look)
        assert surface is not None
        found.append((surface[1], re.findall(r"--chart-\d: (#\w{6})", look)))
    return found


@pytest.mark.parametrize("look", [0, 1], ids=["light", "dark"])
def test_colours_of_charts_can_be_told_apart_by_everybody(look: int) -> None:
    surface, colours = palettes()[look]
    assert len(colours) == 7
    for name, sight in SIGHTS.items():
        seen = [lab(np.clip(sight @ linear(colour), 0, 1)) for colour in colours]
        nearest = min(float(np.linalg.norm(one - other)) for one, other in itertools.combinations(seen, 2))
        assert nearest >= 20, f"{name}: two colours differ by {nearest:.0f} only"
    light = np.array([0.2126, 0.7152, 0.0722])
    for colour in colours:
        dark, bright = sorted(float(light @ linear(one)) + 0.05 for one in (surface, colour))
        assert bright / dark >= 3, f"{colour} is too faint on {surface}"
