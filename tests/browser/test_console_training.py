"""Saying what a customer meant, with the keyboard alone, on the page of candidates and beside the transcript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import expect_no_axe_violation
from tests.support.console_house import ConsoleServer
from tests.support.seed_conversations import Seeded

CANADA = "do you ship to Canada and how much is it"
pytestmark = pytest.mark.browser


@pytest.fixture
def agent(console: ConsoleServer, seeded: Seeded, page: Page) -> Page:
    cookie = console.house.cookie_of(console.house.add("Mia"))
    page.context.add_cookies([{"name": "rapport_sid", "value": cookie, "url": console.address + "/console"}])
    return page


def test_a_message_is_judged_with_the_keyboard_alone(console: ConsoleServer, agent: Page) -> None:
    agent.goto(console.address + "/console/training?show=missed")
    one = agent.locator(".candidate", has_text=CANADA)
    one.get_by_role("combobox", name=f"What “{CANADA}” meant").focus()
    agent.keyboard.type("Deliv")
    agent.keyboard.press("Tab")
    agent.keyboard.press("Enter")
    expect(one).to_contain_text("Meant: Delivery (Mia)")
    # The button that was pressed is gone: the focus is on the one that takes it back.
    expect(one.get_by_role("button", name="Take back")).to_be_focused()
    expect_no_axe_violation(agent)
    agent.keyboard.press("Enter")
    expect(one.get_by_role("combobox")).to_be_focused()


def test_beside_the_transcript_the_form_opens_in_place(console: ConsoleServer, seeded: Seeded, agent: Page) -> None:
    agent.goto(f"{console.address}/console/conversations/{seeded.told['queue']}")
    line = agent.locator(".line.customer", has_text=CANADA)
    line.get_by_role("link", name="What was meant?").press("Enter")
    line.get_by_role("button", name="This was meant").press("Enter")
    expect(line.get_by_role("alert")).to_have_text("Choose first what she meant.")
    line.get_by_role("combobox").select_option("ask_delivery")
    line.get_by_role("button", name="This was meant").press("Enter")
    expect(line).to_contain_text("Meant: Delivery (Mia)")
    # What refreshes beside it leaves the form alone.
    line.get_by_role("button", name="Take back").press("Enter")
    line.get_by_role("combobox").select_option("recommend")
    console.customer_writes(seeded.told["queue"], "one more thing")
    expect(agent.locator("#lines")).to_contain_text("one more thing")
    expect(line.get_by_role("combobox")).to_have_value("recommend")
