"""Headless Chromium, a fake gateway, and a hand that uses the widget as a customer would."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.chat_hand import ChatHand
from tests.support.console_house import ConsoleHouse, ConsoleServer
from tests.support.fake_gateway import FakeGateway
from tests.support.seed_conversations import Seeded, seed_conversations
from tests.support.web_parts import DIST, web_part

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def gateway() -> Iterator[FakeGateway]:
    """A fresh fake gateway that serves the built widget."""
    web_part("widget.js")
    fake = FakeGateway(DIST).start()
    yield fake
    fake.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser with nothing in its memory."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB", reduced_motion="reduce")
    fresh.set_default_timeout(10_000)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One tab."""
    return context.new_page()


@pytest.fixture
def hand(gateway: FakeGateway, page: Page) -> ChatHand:
    """A customer's hand in that tab; the gateway comes first, so that it outlives the tab."""
    return ChatHand(page, gateway)


@contextmanager
def console_in(folder: Path) -> Iterator[ConsoleServer]:
    """The console with the built scripts, and a database of its own in a folder."""
    web_part("console.js")
    server = ConsoleServer(ConsoleHouse(folder), DIST).start()
    yield server
    server.stop()


@pytest.fixture
def console(tmp_path: Path) -> Iterator[ConsoleServer]:
    """A fresh console."""
    with console_in(tmp_path) as server:
        yield server


@pytest.fixture
def seeded(console: ConsoleServer) -> Seeded:
    """Conversations in it."""
    return seed_conversations(console.house.database, console.house.clock(), in_outline=6)
