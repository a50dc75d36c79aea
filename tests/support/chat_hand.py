"""A hand that uses the chat as a customer would: by what she sees and what her screen reader says."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.support.axe import expect_no_axe_violation
from tests.support.fake_gateway import FakeGateway

CARDS: list[dict[str, Any]] = [
    {"id": str(number), "title": title, "subtitle": kind, "price": price, "reason": reason,
     "quick_replies": [{"id": f"why-{number}", "title": "Why this one?"}]}
    for number, (title, kind, price, reason) in enumerate([
        ("Kids cereal, 14.5 oz", "Cold cereal", "$2.99", "you buy it about every 9 days, last on 3 May"),
        ("Ground coffee, 12 oz", "Coffee", "$6.49", "households like yours buy it with milk"),
        ("Frozen pizza, 4 cheese", "Frozen pizza", "$4.00", "a favourite of weekend family shoppers"),
    ])
]  # fmt: skip


class ChatHand:
    """Opens the chat in a tab and talks.

    Parameters
    ----------
    page
        The tab.
    gateway
        The fake gateway that serves the page.
    """

    def __init__(self, page: Page, gateway: FakeGateway) -> None:
        self.page = page
        self.gateway = gateway
        self.launcher = page.get_by_role("button", name="Open chat")
        self.panel = page.get_by_role("dialog")
        self.field = self.panel.get_by_role("textbox", name="Write a message")
        self.log = self.panel.get_by_role("log")

    def visit(self, **attributes: str) -> ChatHand:
        """Go to a page with the widget."""
        self.page.goto(self.gateway.page(**attributes))
        return self

    def open(self, **attributes: str) -> ChatHand:
        """Go there and open the chat, connected."""
        self.visit(**attributes)
        self.launcher.click()
        self.wait_online()
        return self

    def wait_online(self) -> None:
        """Wait until the server has answered the hello."""
        expect(self.panel.locator(".dot.online")).to_be_attached()

    def write(self, text: str) -> None:
        """Write a message and press Enter."""
        self.field.fill(text)
        self.field.press("Enter")

    def bubble(self, text: str) -> Locator:
        """The bubble with exactly this text."""
        return self.log.locator(".bubble").get_by_text(text, exact=True)

    def bubbles(self) -> list[str]:
        """The text of every bubble, in order."""
        return self.log.locator(".bubble").all_inner_texts()

    def expect_bubbles(self, *texts: str) -> None:
        """Wait until these are the bubbles, in this order and no others."""
        expect(self.log.locator(".bubble")).to_have_text(list(texts))

    def expect_no_axe_violation(self) -> None:
        """Run axe over the page as it is now."""
        expect_no_axe_violation(self.page)
