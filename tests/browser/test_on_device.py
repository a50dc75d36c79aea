"""The row that is worked out on the device: it follows each click at once, and a click sends nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import expect_no_axe_violation
from tests.support.fake_gateway import FakeGateway

pytestmark = pytest.mark.browser

KEY = "rapport:on-device"


@pytest.fixture
def sent(page: Page) -> list[str]:
    """Paths of all that the page asks for, filled as it goes."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("/v1/")[2]))
    return asked


@pytest.fixture
def shop(gateway: FakeGateway, page: Page, sent: list[str]) -> Page:
    """The shop page, with all loaded that it loads."""
    with page.expect_response("**/v1/on-device.json"):
        page.goto(f"{gateway.url}/")
    expect(page.get_by_role("button", name="Farid")).to_be_visible()
    return page


def row_of(page: Page) -> list[str]:
    return page.locator("[data-for-you-list] h3").all_text_contents()


def look_at(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"{name}: show what goes with it").first.click()


def test_a_click_changes_the_row_at_once_says_why_and_sends_nothing(shop: Page, sent: list[str]) -> None:
    row = shop.get_by_role("region", name="For you, worked out on this device")
    expect(row).to_be_hidden()
    assert sent.count("on-device.json") == 1
    sent.clear()
    look_at(shop, "Bananas")
    expect(row).to_be_visible()
    expect(row.get_by_text("goes with Bananas that you looked at").first).to_be_visible()
    before = row_of(shop)
    assert before[0] == "White milk, 1 gallon"  # most often bought with bananas
    look_at(shop, "Ground coffee, 12 oz")
    expect(row.get_by_text("goes with Ground coffee, 12 oz that you looked at").first).to_be_visible()
    assert row_of(shop) != before
    refused = row_of(shop)[0]
    row.get_by_role("button", name=f"Not interested in {refused}").press("Enter")
    expect(row.get_by_role("heading", name=refused)).to_have_count(0)
    expect(row.get_by_role("button", name="Not interested in").first).to_be_focused()
    expect(shop.get_by_role("status").filter(has_text="products for you")).to_be_attached()
    expect_no_axe_violation(shop)
    assert sent == []


def test_it_is_remembered_only_when_allowed_and_forgotten_when_told(shop: Page, gateway: FakeGateway) -> None:
    row = shop.get_by_role("region", name="For you, worked out on this device")
    look_at(shop, "Bananas")
    expect(row).to_be_visible()
    assert shop.evaluate(f"localStorage.getItem('{KEY}')") is None
    row.get_by_role("checkbox", name="Remember on this device").check()
    shop.reload()
    expect(row.get_by_text("goes with Bananas that you looked at").first).to_be_visible()
    row.get_by_role("button", name="Forget what I clicked").press("Enter")
    expect(row).to_be_hidden()
    expect(shop.get_by_role("heading", name="Popular with our customers")).to_be_focused()
    assert shop.evaluate(f"localStorage.getItem('{KEY}')") is None


def test_a_page_with_the_chat_recommends_through_it_and_signing_out_forgets(gateway: FakeGateway, page: Page) -> None:
    page.goto(gateway.page())
    page.wait_for_function("window.Rapport")
    assert page.evaluate("Rapport.recommend()") == []
    page.evaluate("Rapport.noticed('viewed', '0')")
    found = page.evaluate("Rapport.recommend(2)")
    assert found[0]["product"]["name"] == "White milk, 1 gallon"
    assert found[0]["reason"] == "goes with Bananas that you looked at"
    page.evaluate("RapportDevice.remember(true)")
    page.evaluate("Rapport.signOut()")
    assert page.evaluate(f"async () => [localStorage.getItem('{KEY}'), (await Rapport.recommend()).length]") == [
        None,
        0,
    ]
