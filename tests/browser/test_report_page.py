"""The report in a browser, opened as a file: drawn, accessible, silent, and readable without scripts."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from analytics.jobs.build_report import build_report
from analytics.shop.loader import load_shop
from console.report.page import page_of, read_assets
from tests.support.axe import expect_no_axe_violation
from tests.support.corner_shop import SHOP_FILE
from tests.support.counted_shop import GOODS, NOW, counted_shop, put_into_segments
from tests.support.fake_insights import REPORT
from tests.support.web_parts import DIST, web_part

XSS = "<img src=x onerror=window.__xss=1>\"'><script>window.__xss=1</script>"
LOOKS = {"light": (1280, "light"), "dark": (1280, "dark"), "phone": (390, "light")}
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of the counted shop, whose tea has a hostile name, with every shape of chart."""
    web_part("report.js")
    folder = tmp_path_factory.mktemp("report")
    database = counted_shop(goods={**GOODS, "tea": (XSS, XSS, XSS)})
    put_into_segments(database, {"ana": 1, "ben": 2}, {1: "Regulars", 2: XSS[:90]})
    built = build_report(database, folder, load_shop(SHOP_FILE), NOW, lambda _step, _share: None).report
    sections = {section.name: section for section in (*REPORT.sections, *built.sections[:1])}
    whole = type(built)(
        shop=built.shop, currency=built.currency, made_at=built.made_at, as_of=built.as_of, summary=built.summary,
        sections=tuple(sections.values()),
    )  # fmt: skip
    page = folder / "report.html"
    page.write_text(page_of(whole, read_assets(DIST), ZoneInfo("UTC")), encoding="utf-8")
    return page


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_drawn_accessible_and_silent(browser: Browser, file: Path, look: str) -> None:
    width, scheme = LOOKS[look]
    context = browser.new_context(
        viewport={"width": width, "height": 900}, reduced_motion="reduce",
        color_scheme="dark" if scheme == "dark" else "light",
    )  # fmt: skip
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if not one.url.startswith(("file:", "data:")) else None)
    page.goto(file.as_uri())
    charts = page.locator(".chart").count()
    assert charts > 12
    expect(page.locator(".chart svg")).to_have_count(charts)
    expect(page.locator("details[open]")).to_have_count(0)
    assert page.evaluate("window.__xss") is None
    expect_no_axe_violation(page)
    assert (said, asked) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()


def test_without_scripts_it_is_read_in_tables(browser: Browser, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.get_by_role("table").first).to_be_visible()
    expect(page.get_by_text("May 2026 so far").first).to_be_visible()
    context.close()
