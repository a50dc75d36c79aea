"""A report as one page of HTML that needs nothing beside itself."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analytics.report_records import Report
from console.drawing.filters import PART_FILTERS
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


def _environment(zone: ZoneInfo) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=_speakable,
    )  # fmt: skip

    def day(at: datetime) -> str:
        local = at.astimezone(zone)
        return f"{local.day} {local:%B %Y}"

    environment.filters |= {
        "day": day, "clock_time": lambda at: f"{at.astimezone(zone):%H:%M}", "quantity": quantity,
        **PART_FILTERS,
    }  # fmt: skip
    return environment


def _speakable(value: Any) -> Any:
    """Free every text of control characters."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
