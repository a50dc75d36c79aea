"""A report as one page of HTML that needs nothing beside itself."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analytics.report_records import Card, Chart, Listing, Part, Report
from console.drawing import option_of_chart
from console.drawing.writing import cell_text
from console.filters import quantity
from console.wording import plain

_TEMPLATES = Path(__file__).parents[1] / "templates"


@dataclass(frozen=True, slots=True)
class ReportAssets:
    """The built script and style sheet that go into each report."""

    script: str
    style: str


def read_assets(dist: Path) -> ReportAssets:
    """Read them from the folder of built web parts.

    Raises
    ------
    FileNotFoundError
        They were not built.
    """
    return ReportAssets(*((dist / name).read_text(encoding="utf-8") for name in ("report.js", "report.css")))


def page_of(report: Report, assets: ReportAssets, zone: ZoneInfo) -> str:
    """Write the page.

    Every text of the shop's data is escaped. Script and style are named by their hashes in the page's own security
    policy, which allows nothing else and no request to anywhere.

    Parameters
    ----------
    report : what is told.
    assets : what draws and colours it.
    zone : in which the moment of writing is told.
    """
    # "</script" in a string of the script would end the element.
    script = assets.script.replace("</script", "<\\/script").strip()
    style = assets.style.replace("</style", "<\\/style").strip()
    template = _environment(zone).get_template("report/page.html")
    return template.render(report=report, script=Markup(script), style=Markup(style), policy=policy_of(script, style))  # noqa: S704  (our own build)


def policy_of(script: str, style: str) -> str:
    """Give the security policy of a page with this script and style sheet."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "style-src-attr 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    )


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


def _environment(zone: ZoneInfo) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=_speakable,
    )  # fmt: skip

    def day(at: datetime) -> str:
        local = at.astimezone(zone)
        return f"{local.day} {local:%B %Y}"

    environment.filters |= {
        "day": day, "clock_time": lambda at: f"{at.astimezone(zone):%H:%M}", "quantity": quantity, "cell": cell_text,
        "kind_of": kind_of, "is_wide": is_wide, "is_tall": is_tall, "option": _option,
    }  # fmt: skip
    return environment


def _option(chart: Chart, currency: str) -> Markup:
    """Give a chart's option as JSON that no text in it can break out of."""
    text = json.dumps(option_of_chart(chart, currency), ensure_ascii=False, separators=(",", ":"))
    escaped = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(plain(escaped))  # noqa: S704  (nothing in it is markup any more)


def _speakable(value: Any) -> Any:
    """Free every text of control characters."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
