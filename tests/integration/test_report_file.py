"""The report as a file: whole in itself, harmless whatever the data says, kept for twelve weeks."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from analytics.artifacts.registry import ArtifactRegistry
from analytics.jobs.build_report import ARTIFACT, build_report
from analytics.report_records import Card, Listing, Report
from analytics.reporting.packing import packed, unpacked
from analytics.shop.loader import load_shop
from console.report.folder import KEPT, keep, kept_reports, report_file, week_of
from console.report.page import ReportAssets, page_of, policy_of
from rapport.cli.main import make_app
from rapport.errors import InputError
from tests.support.corner_shop import SHOP_FILE
from tests.support.counted_shop import BOUGHT, GOODS, NOW, counted_shop
from tests.support.databases import migrated_file
from tests.support.web_parts import web_part

ROOT = Path(__file__).parents[2]
XSS = "</script><img src=x onerror=alert(1)>\"'{{7*7}}"
ASSETS = ReportAssets(script="window.drawn = '</script>';", style="body { color: black }")


@pytest.fixture
def report(tmp_path: Path) -> Report:
    goods = {**GOODS, "tea": (XSS, XSS, XSS)}
    database = counted_shop(BOUGHT, goods=goods)
    return build_report(database, tmp_path, load_shop(SHOP_FILE), NOW, lambda _step, _share: None).report


class Elements(HTMLParser):
    """All elements of a page, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_page_asks_nothing_of_anybody(report: Report) -> None:
    page = page_of(report, ASSETS, ZoneInfo("UTC"))
    elements = Elements(page).found
    assert not [one for one in elements if one[0] in ("link", "img", "iframe", "object", "embed", "base", "form")]
    assert {attributes.get("src") for _, attributes in elements} == {None}
    assert all(attributes["href"].startswith("#") for _, attributes in elements if attributes.get("href"))  # type: ignore[union-attr]
    policy = next(attributes["content"] for _, attributes in elements if attributes.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-inline'" not in policy.replace("style-src-attr 'unsafe-inline'", "")


def test_names_of_products_are_text_and_nothing_else(report: Report) -> None:
    page = page_of(report, ASSETS, ZoneInfo("UTC"))
    tags = [tag for tag, _ in Elements(page).found]
    assert "img" not in tags
    # One script of ours, and one of data for each chart.
    charts = [part for section in report.sections for part in section.parts]
    assert tags.count("script") == 1 + len(charts)
    assert "{{7*7}}" in page
    for option in re.findall(r'<script type="application/json">(.*?)</script>', page):
        assert json.loads(option)["series"]


def test_the_policy_names_exactly_what_stands_in_the_page(report: Report) -> None:
    page = page_of(report, ASSETS, ZoneInfo("UTC"))
    script = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)[0]
    style = re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL)[0]
    assert policy_of(script, style) in page.replace("&#39;", "'")
    assert script == "window.drawn = '<\\/script>';"


def test_without_scripts_every_chart_is_a_table(report: Report) -> None:
    page = page_of(report, ASSETS, ZoneInfo("UTC"))
    assert page.count("<details open") == page.count('role="img"') > 10
    assert page.count("<table>") == page.count('role="img"')
    assert '<th scope="row">May 2026 so far</th><td>$70.00</td>' in page


def test_a_report_is_kept_and_read_back_whole(report: Report, tmp_path: Path) -> None:
    assert unpacked(packed(report)) == report
    section = report.sections[0]
    listing = Listing(name="l", title="L", about="", grid=section.parts[0].read)  # type: ignore[union-attr]
    card = Card(name="c", title="C", paragraphs=("One.",), facts=(("Size", "3"),))
    more = Report(**{
        **{name: getattr(report, name) for name in report.__slots__},
        "sections": (type(section)(name="s", title="S", lead="", parts=(listing, card), missing=("Run it.",)),),
    })  # fmt: skip
    assert unpacked(packed(more)) == more
    assert unpacked(packed(report).replace(b'"format":1', b'"format":0')) is None


def test_the_job_keeps_the_report_in_use(tmp_path: Path) -> None:
    database = counted_shop()
    built = build_report(database, tmp_path, load_shop(SHOP_FILE), NOW, lambda _step, _share: None)
    stored = ArtifactRegistry(database, tmp_path).load(ARTIFACT)
    assert unpacked(stored.content) == built.report
    assert stored.version == built.version


def test_twelve_weeks_are_kept_and_a_week_has_one_report(tmp_path: Path) -> None:
    for back in range(15, -1, -1):
        keep(tmp_path, f"{back}", NOW - timedelta(weeks=back))
    again = keep(tmp_path, "again", NOW)
    kept = kept_reports(tmp_path)
    assert (len(kept), kept[0].week) == (KEPT, week_of(NOW))
    assert again.read_text() == "again"
    assert report_file(tmp_path, "2026-W22") == again
    assert report_file(tmp_path, "../secrets") is None
    assert report_file(tmp_path, "1999-W01") is None
    assert kept_reports(tmp_path / "nowhere") == []


def test_the_year_of_a_week_is_the_isos() -> None:
    assert week_of(datetime(2027, 1, 1, tzinfo=UTC)) == "2026-W53"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with the counted shop in it."""
    web_part("report.js")
    folder = tmp_path / "home"
    url = f"sqlite:///{folder / 'rapport.db'}"
    monkeypatch.setenv("RAPPORT_HOME", str(folder))
    monkeypatch.setenv("RAPPORT_DATABASE_URL", url)
    database = migrated_file(folder / "rapport.db")
    counted_shop(database=database)
    database.close()
    return folder


def run(*arguments: str) -> str:
    result = CliRunner().invoke(make_app(), ["report", *arguments])
    if result.exception is not None:
        raise result.exception
    return result.stdout


def test_the_command_writes_where_it_is_told(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "shop.html"
    told = json.loads(run("--json", "--out", str(file)))
    assert told["file"] == str(file)
    assert "shop" in told["sections"]
    assert len(file.read_bytes()) < 3_000_000
    assert not (home / "reports").exists()


def test_the_command_keeps_the_report_of_this_week(home: Path) -> None:
    assert "Written to " in run()
    assert [kept.week for kept in kept_reports(home / "reports")] == [week_of(datetime.now(UTC))]


def test_a_folder_is_no_file_to_write_to(home: Path) -> None:
    with pytest.raises(InputError, match="name a file in a folder that exists"):
        run("--out", str(home))
