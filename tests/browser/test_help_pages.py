"""The help pages in a browser: readable for everybody, and reached from a link in the chat."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.axe import expect_no_axe_violation
from tests.support.chat_hand import ChatHand
from tests.support.fake_gateway import FakeGateway

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/help", "/help/returns", "/help/nothing-like-that"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_a_help_page(
    browser: Browser, gateway: FakeGateway, path: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce", locale="en-GB"
    )
    page = context.new_page()
    page.goto(f"{gateway.url}{path}")
    expect(page.get_by_role("button", name="Open chat")).to_be_visible()
    expect_no_axe_violation(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    context.close()


def test_from_the_shop_to_a_topic_and_its_neighbour(gateway: FakeGateway, page: Page) -> None:
    page.goto(f"{gateway.url}/")
    page.get_by_role("navigation", name="Shop").get_by_role("link", name="Help").click()
    page.get_by_role("main").get_by_role("link", name="Gift cards").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gift cards")
    expect(page).to_have_title("Gift cards – Help – The Complete Journey")
    page.get_by_role("navigation", name="Help pages").get_by_role("link", name="Loyalty points").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Loyalty points")


def test_whoever_is_signed_in_stays_so_on_a_help_page(gateway: FakeGateway, page: Page) -> None:
    page.goto(f"{gateway.url}/")
    page.get_by_role("button", name="Anna").click()
    expect(page.get_by_text("You are signed in as Anna")).to_be_visible()
    page.goto(f"{gateway.url}/help/returns")
    expect(page.get_by_text("You are signed in as Anna")).to_be_visible()
    page.get_by_role("button", name="Ask the assistant").click()
    expect(page.get_by_role("dialog").get_by_text("Hello Anna! How can we help?")).to_be_visible()


def test_a_link_in_the_chat_leads_to_the_section(hand: ChatHand) -> None:
    answer = "We refund you.\n\nRead more: [Returns and refunds](/help/returns#when-the-refund-arrives)"
    hand.gateway.answers["refund"] = [{"text": answer}]
    hand.open()
    hand.write("refund")
    link = hand.log.get_by_role("link", name="Returns and refunds")
    with hand.page.context.expect_page() as opened:
        link.click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Returns and refunds")
    expect(opened.value.locator("section:target h2")).to_have_text("When the refund arrives")
    opened.value.close()


def test_nothing_on_a_help_page_breaks_the_content_security_policy(gateway: FakeGateway, page: Page) -> None:
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.goto(f"{gateway.url}/help/payment")
    page.get_by_role("button", name="Ask the assistant").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert refused == []
