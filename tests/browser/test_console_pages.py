"""Every page of the console: accessible, quiet, within its size, harmless whatever customers write."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Connection, select

from console.auth.setup import create_setup_token
from store.repositories.agents import agent_by_id
from store.tables import conversations, customers, messages, turns
from tests.browser.conftest import console_in
from tests.support.axe import expect_no_axe_violation
from tests.support.console_house import ConsoleServer
from tests.support.seed_conversations import Seeded, seed_conversations
from tests.support.web_parts import web_part

PAGES = {
    "list": "/conversations", "waiting": "/conversations?show=waiting", "mine": "/conversations?show=mine",
    "angry": "/conversations/{angry}", "visitor": "/conversations/{visitor}", "colleague": "/conversations/{colleague}",
    "own": "/conversations/{queue}", "overview": "/overview?range=7d", "team": "/team", "log": "/audit",
    "training": "/training", "judged": "/training?show=judged", "turn": "/training/{fallback}",
    "customers": "/customers", "customer": "/customers/ana", "nobody": "/customers?q=nobody", "shop": "/insights/shop",
    "segments": "/insights/segments", "segment": "/insights/segments/3", "predictions": "/insights/predictions",
    "lists": "/insights/recommendations", "quality": "/insights/quality", "reports": "/insights/reports",
    "account": "/account", "missing": "/nothing-here", "sign-in": "/sign-in", "setup": "/setup?token={setup}",
    "spent": "/setup?token=spent",
}  # fmt: skip
#: How many are drawn on a page.
CHARTS = {"overview": 5, "shop": 3, "segments": 1, "predictions": 1, "lists": 1}
LOOKS = {"light": (1440, 900, "light"), "dark": (1280, 800, "dark"), "phone": (390, 844, "light")}
XSS = "<img src=x onerror=window.__xss=1>\"'><script>window.__xss=1</script>"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleServer]:
    with console_in(tmp_path_factory.mktemp("console")) as server:
        yield server


@pytest.fixture(scope="module")
def seeded(console: ConsoleServer) -> Seeded:
    return seed_conversations(console.house.database, console.house.clock(), in_outline=40)


@pytest.fixture(scope="module")
def addresses(console: ConsoleServer, seeded: Seeded) -> dict[str, str]:
    """The pages' addresses, with an admin who has one conversation in hand."""
    house = console.house
    house.add("Jonas")
    admin = house.add("Mia", "admin")
    with house.database.write() as connection:
        own = {"owner": "agent", "agent_id": admin.agent_id}
        known = conversations.c.conversation_id == seeded.told["queue"]
        connection.execute(conversations.update().values(**own).where(known))
        token = create_setup_token(connection, house.clock())
        told = {**seeded.told, "setup": token, "fallback": _not_understood(connection, seeded)}
    return {name: "/console" + path.format(**told) for name, path in PAGES.items()}


def _not_understood(connection: Connection, seeded: Seeded) -> str:
    """The message of a turn that the bot did not understand."""
    which = (turns.c.conversation_id == seeded.told["queue"]) & (turns.c.outcome == "fallback")
    return str(connection.execute(select(turns.c.message_id).where(which)).scalar_one())


@pytest.fixture
def admin(console: ConsoleServer, addresses: dict[str, str], context: BrowserContext) -> BrowserContext:
    with console.house.database.read() as connection:
        agent = agent_by_id(connection, "id-mia")
    assert agent is not None
    cookie = console.house.cookie_of(agent)
    context.add_cookies([{"name": "rapport_sid", "value": cookie, "url": console.address + "/console"}])
    return context


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_quiet(
    console: ConsoleServer, addresses: dict[str, str], admin: BrowserContext, name: str, look: str
) -> None:
    width, height, scheme = LOOKS[look]
    page = admin.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    foreign: list[str] = []
    page.on(
        "request", lambda one: foreign.append(one.url) if not one.url.startswith((console.address, "data:")) else None
    )
    page.goto(console.address + addresses[name])
    if name in CHARTS:
        expect(page.locator(".chart svg")).to_have_count(CHARTS[name])
    expect_no_axe_violation(page)
    refused = {"missing": 404, "spent": 403}.get(name)
    assert [words for words in said if f"status of {refused}" not in words] == []
    assert foreign == []
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{name} can be scrolled sideways by {wide} px"


def test_charts_have_a_table_that_says_the_same(
    console: ConsoleServer, addresses: dict[str, str], admin: BrowserContext
) -> None:
    page = admin.new_page()
    page.goto(console.address + addresses["overview"])
    panel = page.locator(".chart-intents")
    panel.get_by_text("Show as a table").click()
    first = panel.locator("tbody tr").first
    expect(panel.locator(".chart svg")).to_contain_text(first.locator("th").inner_text())
    with page.expect_download() as download:
        panel.get_by_role("link", name="Download Top intents as CSV").click()
    assert first.locator("td").first.inner_text() in Path(download.value.path()).read_text()


def test_what_customers_write_never_runs(
    console: ConsoleServer, seeded: Seeded, addresses: dict[str, str], admin: BrowserContext
) -> None:
    with console.house.database.write() as connection:
        connection.execute(customers.update().values(name=XSS).where(customers.c.customer_id == "marcus"))
        connection.execute(
            messages.update().values(text=XSS).where(messages.c.conversation_id == seeded.told["unhappy"])
        )
    page = admin.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.goto(f"{console.address}/console/conversations/{seeded.told['unhappy']}")
    console.customer_writes(seeded.told["unhappy"], XSS + " live")
    expect(page.locator(".bubble").last).to_have_text(XSS + " live")
    assert page.evaluate("window.__xss") is None
    assert dialogs == []


def test_who_is_not_signed_in_sees_the_form_only(console: ConsoleServer, browser: Browser) -> None:
    fresh = browser.new_context()
    page: Page = fresh.new_page()
    page.goto(console.address + "/console/overview")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    fresh.close()


def test_a_cold_page_weighs_less_than_450_kb_gzipped() -> None:
    sizes = {
        name: len(gzip.compress(web_part(name).read_bytes()))
        for name in ("console.js", "console.css", "console-charts.js")
    }
    assert sizes["console.js"] + sizes["console.css"] < 40 * 1024
    assert sum(sizes.values()) < 450 * 1024
