"""Headless Chromium, a fake gateway, and a hand that uses the widget as a customer would."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.chat_hand import ChatHand
from tests.support.fake_gateway import FakeGateway

DIST = Path(__file__).parents[2] / "web" / "dist"
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
    if not (DIST / "widget.js").exists():
        pytest.skip("the web parts are not built (make setup)")
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
