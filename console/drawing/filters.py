"""What templates need to show the parts of a section."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from analytics.report_records import Card, Chart, Listing, Part
from console.drawing.options import option_of_chart
from console.drawing.writing import cell_text
from console.wording import plain


def kind_of(part: Part) -> str:
    """Give "chart", "listing" or "card"."""
    return {Chart: "chart", Listing: "listing", Card: "card"}[type(part)]


def is_wide(chart: Chart) -> bool:
    """Whether a chart needs the whole width."""
    return chart.shape in ("flow", "tree", "dots") or (
        chart.shape == "heat" and len({row[0] for row in chart.drawn.rows}) > 8
    )


def is_tall(chart: Chart) -> bool:
    """Whether a chart needs more height: many names below each other."""
    down = {"heat": 1, "bars": 0, "boxes": 0}.get(chart.shape)
    names = 0 if down is None else len({row[down] for row in chart.drawn.rows})
    return chart.shape in ("flow", "dots", "tree") or names > 8


def inline_option(chart: Chart, currency: str) -> Markup:
    """Give a chart's option as JSON that no text in it can break out of."""
    text = json.dumps(option_of_chart(chart, currency), ensure_ascii=False, separators=(",", ":"))
    escaped = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(plain(escaped))  # noqa: S704  (nothing in it is markup any more)


PART_FILTERS: dict[str, Callable[..., Any]] = {
    "cell": cell_text, "kind_of": kind_of, "is_wide": is_wide, "is_tall": is_tall, "option": inline_option,
}  # fmt: skip
