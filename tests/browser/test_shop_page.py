"""The demo shop's page, as its template and scripts make it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.axe import expect_no_axe_violation
from tests.support.fake_gateway import FakeGateway

pytestmark = pytest.mark.browser


@pytest.fixture
def shop(gateway: FakeGateway, page: Page) -> Page:
    """The page, loaded, with its customers."""
    page.goto(f"{gateway.url}/")
    expect(page.get_by_role("button", name="Farid")).to_be_visible()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_the_shop_page(browser: Browser, gateway: FakeGateway, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce", locale="en-GB"
    )
    page = context.new_page()
    page.goto(f"{gateway.url}/")
    page.get_by_role("button", name="Anna").click()
    expect(page.get_by_role("button", name="Anna")).to_have_attribute("aria-pressed", "true")
    expect_no_axe_violation(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    context.close()


def test_signing_in_tells_the_chat_who_is_writing(shop: Page, gateway: FakeGateway) -> None:
    shop.get_by_role("button", name="Anna").click()
    expect(shop.get_by_text("You are signed in as Anna")).to_be_visible()
    shop.get_by_role("button", name="Ask the assistant").click()
    expect(shop.get_by_role("dialog").get_by_text("Hello Anna! How can we help?")).to_be_visible()
    shop.reload()
    expect(shop.get_by_text("You are signed in as Anna")).to_be_visible()
    shop.get_by_role("button", name="A visitor").click()
    expect(shop.get_by_role("dialog").get_by_text("Hello! How can we help?")).to_be_visible()
    expect(shop.get_by_role("dialog").locator(".dot.online")).to_be_attached()
    assert gateway.sent("hello")[-1]["identity"] is None


def test_the_shelf_is_hers_while_she_is_signed_in(shop: Page) -> None:
    shelf = shop.locator("#shelf")
    expect(shelf.get_by_role("heading", name="Popular with our customers")).to_be_visible()
    expect(shelf.locator(".product")).to_have_count(10)
    shop.get_by_role("button", name="Anna").click()
    expect(shelf.get_by_role("heading", name="For you, Anna")).to_be_visible()
    expect(shelf.locator(".product")).to_have_count(2)
    expect(shelf.locator(".product .why").first).to_have_text("like Ground coffee, 12 oz")
    expect(shelf.locator(".product .picture svg")).to_have_count(2)
    shop.get_by_role("button", name="A visitor").click()
    expect(shelf.get_by_role("heading", name="Popular with our customers")).to_be_visible()
    expect(shelf.locator(".product")).to_have_count(10)


def test_who_wants_nothing_personal_sees_everybodys_shelf(shop: Page) -> None:
    with shop.expect_response("**/demo/front-row"):
        shop.get_by_role("button", name="David").click()
    expect(shop.get_by_text("You are signed in as David")).to_be_visible()
    expect(shop.get_by_role("heading", name="Popular with our customers")).to_be_visible()
    expect(shop.locator("#shelf .product")).to_have_count(10)


def test_a_thing_to_say_is_said(shop: Page, gateway: FakeGateway) -> None:
    shop.get_by_role("list").get_by_role("button", name="Any offers for me?").first.click()
    expect(shop.get_by_role("log").get_by_text("Any offers for me?")).to_be_visible()
    assert [frame["text"] for frame in gateway.sent("send")] == ["Any offers for me?"]


def test_every_product_has_a_picture_and_a_price(shop: Page) -> None:
    products = shop.locator(".product")
    assert products.count() == shop.locator(".product .picture svg").count() == 10
    expect(products.first).to_contain_text("$0.59")
    expect(shop.get_by_text("Price in store")).to_be_visible()


def test_the_page_says_so_when_the_customers_cannot_be_loaded(gateway: FakeGateway, page: Page) -> None:
    page.route("**/demo/customers", lambda route: route.fulfill(status=500, body='{"ok": false, "errors": []}'))
    page.goto(f"{gateway.url}/")
    expect(page.get_by_text("The demo customers could not be loaded")).to_be_visible()


def test_nothing_on_the_page_breaks_the_content_security_policy(gateway: FakeGateway, page: Page) -> None:
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.goto(f"{gateway.url}/")
    page.get_by_role("button", name="Ask the assistant").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert refused == []
