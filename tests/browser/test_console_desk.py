"""An agent at the desk, with keyboard and mouse, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from console.auth.setup import create_setup_token
from tests.support.axe import expect_no_axe_violation
from tests.support.console_house import PASSWORD, ConsoleServer
from tests.support.seed_conversations import Seeded

pytestmark = pytest.mark.browser


def sign_in(console: ConsoleServer, context: BrowserContext, name: str = "Mia") -> None:
    cookie = console.house.cookie_of(console.house.add(name))
    context.add_cookies([{"name": "rapport_sid", "value": cookie, "url": console.address + "/console"}])


@pytest.fixture
def at_desk(console: ConsoleServer, seeded: Seeded, context: BrowserContext, page: Page) -> Page:
    sign_in(console, context)
    page.goto(f"{console.address}/console/conversations")
    return page


def open_conversation(page: Page, console: ConsoleServer, conversation_id: str) -> None:
    page.goto(f"{console.address}/console/conversations/{conversation_id}")
    expect(page.locator("#lines .line").first).to_be_attached()


def test_taking_over_answering_and_giving_back_need_no_mouse(at_desk: Page, console: ConsoleServer) -> None:
    at_desk.keyboard.press("j")
    expect(at_desk.locator(".entry:focus")).to_contain_text("Ana Brandt")
    at_desk.keyboard.press("Enter")
    expect(at_desk.locator("#who")).to_have_text("Ana Brandt")
    at_desk.keyboard.press("t")
    expect(at_desk.locator("#answer")).to_be_focused()
    at_desk.keyboard.type("Hello Ana, I am so sorry.")
    at_desk.keyboard.press("Shift+Enter")
    at_desk.keyboard.type("I look into it now.")
    at_desk.keyboard.press("Enter")
    answer = at_desk.locator(".line.agent .bubble").last
    expect(answer).to_have_text("Hello Ana, I am so sorry.\nI look into it now.")
    expect(at_desk.locator("#answer")).to_have_value("")
    expect(at_desk.locator("#answer")).to_be_focused()
    at_desk.keyboard.press("Escape")
    at_desk.keyboard.press("g")
    expect(at_desk.locator("#take-over")).to_be_visible()
    expect(at_desk.locator("#answer")).to_have_count(0)
    assert [call[0] for call in console.house.desk.asked] == ["take_over", "answer", "give_back"]


def test_a_suggested_product_is_written_into_the_answer_and_not_sent(
    at_desk: Page, console: ConsoleServer, seeded: Seeded
) -> None:
    open_conversation(at_desk, console, seeded.told["angry"])
    at_desk.keyboard.press("t")
    at_desk.locator("#answer").fill("How about this?")
    summary = at_desk.get_by_text("Suggest a product")
    summary.focus()
    at_desk.keyboard.press("Enter")
    first = at_desk.get_by_role("list", name="Buy again").get_by_role("button").first
    expect(first).to_contain_text("Kids cereal, 14.5 oz")
    expect_no_axe_violation(at_desk)
    first.focus()
    at_desk.keyboard.press("Enter")
    told = "How about this?\nKids cereal, 14.5 oz ($2.99): you buy it about every 9 days, last on 3 May"
    expect(at_desk.locator("#answer")).to_have_value(told)
    expect(at_desk.locator("#answer")).to_be_focused()
    assert [call[0] for call in console.house.desk.asked] == ["take_over"]
    at_desk.reload()
    expect(at_desk.locator("#answer")).to_have_value(told)


def test_a_customers_message_appears_in_transcript_and_list_by_itself(
    at_desk: Page, console: ConsoleServer, seeded: Seeded
) -> None:
    open_conversation(at_desk, console, seeded.told["happy"])
    console.customer_writes(seeded.told["happy"], "are you still there?")
    expect(at_desk.locator(".line.customer .bubble").last).to_have_text("are you still there?")
    expect(at_desk.locator(f"#entry-{seeded.told['happy']}")).to_contain_text("are you still there?")
    console.customer_writes(seeded.told["happy"], "hello?")
    expect(at_desk.locator(".line.customer .bubble").last).to_have_text("hello?")
    expect(at_desk.locator(".bubble", has_text="are you still there?")).to_have_count(1)


def test_a_message_in_another_conversation_changes_the_list_only(
    at_desk: Page, console: ConsoleServer, seeded: Seeded
) -> None:
    open_conversation(at_desk, console, seeded.told["happy"])
    lines = at_desk.locator("#lines .line").count()
    console.customer_writes(seeded.told["visitor"], "anybody?")
    expect(at_desk.locator(f"#entry-{seeded.told['visitor']}")).to_contain_text("anybody?")
    assert at_desk.locator("#lines .line").count() == lines


def test_a_colleagues_takeover_is_seen_at_once(
    at_desk: Page, console: ConsoleServer, seeded: Seeded, browser: Browser
) -> None:
    open_conversation(at_desk, console, seeded.told["queue"])
    other = browser.new_context()
    sign_in(console, other, "Lea")
    colleague = other.new_page()
    open_conversation(colleague, console, seeded.told["queue"])
    colleague.locator("#take-over").click()
    expect(at_desk.locator(".talk-state")).to_contain_text("Lea is answering")
    expect(at_desk.locator("#composer")).to_contain_text("Lea is answering")
    other.close()


def test_the_waiting_time_ticks_and_the_tab_counts(at_desk: Page) -> None:
    clock = at_desk.locator(".entry time[data-since]").first
    before = clock.inner_text()
    expect(clock).not_to_have_text(before)
    expect(at_desk).to_have_title("(3) Conversations · Rapport")


def test_focus_stays_on_the_list_while_it_refreshes(at_desk: Page, console: ConsoleServer, seeded: Seeded) -> None:
    entry = at_desk.locator(f"#entry-{seeded.told['visitor']}")
    entry.focus()
    console.customer_writes(seeded.told["happy"], "a new line")
    expect(at_desk.locator(f"#entry-{seeded.told['happy']}")).to_contain_text("a new line")
    expect(entry).to_be_focused()


def test_a_half_written_answer_survives_a_reload(at_desk: Page, console: ConsoleServer, seeded: Seeded) -> None:
    open_conversation(at_desk, console, seeded.told["queue"])
    at_desk.keyboard.press("t")
    at_desk.locator("#answer").fill("We do ship to")
    at_desk.reload()
    expect(at_desk.locator("#answer")).to_have_value("We do ship to")


def test_an_answer_that_did_not_arrive_is_kept_and_said(at_desk: Page, console: ConsoleServer, seeded: Seeded) -> None:
    open_conversation(at_desk, console, seeded.told["queue"])
    at_desk.keyboard.press("t")
    at_desk.locator("#answer").fill("We do.")
    at_desk.context.set_offline(True)
    at_desk.keyboard.press("Enter")
    expect(at_desk.locator("#toast")).to_contain_text("cannot be reached")
    expect(at_desk.locator("#answer")).to_have_value("We do.")
    at_desk.context.set_offline(False)
    at_desk.locator("#answer").press("Enter")
    expect(at_desk.locator(".line.agent .bubble").last).to_have_text("We do.")


def test_single_keys_can_be_switched_off(at_desk: Page, console: ConsoleServer, seeded: Seeded) -> None:
    open_conversation(at_desk, console, seeded.told["queue"])
    at_desk.keyboard.press("?")
    at_desk.get_by_label("Single keys work on this device").uncheck()
    at_desk.keyboard.press("Escape")
    at_desk.keyboard.press("t")
    at_desk.reload()
    expect(at_desk.locator("#take-over")).to_be_visible()
    assert console.house.desk.asked == []


def test_on_a_phone_the_profile_is_a_drawer(at_desk: Page, console: ConsoleServer, seeded: Seeded) -> None:
    at_desk.set_viewport_size({"width": 390, "height": 844})
    open_conversation(at_desk, console, seeded.told["angry"])
    panel = at_desk.locator("#profile-panel")
    expect(panel).to_be_hidden()
    at_desk.locator("#to-profile").click()
    expect(panel).to_be_visible()
    expect(panel.get_by_role("button", name="Hide the profile")).to_be_focused()
    at_desk.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(at_desk.locator("#to-profile")).to_be_focused()
    at_desk.get_by_label("Back to the list").click()
    expect(at_desk.locator(".entry").first).to_be_visible()


def test_the_first_admin_sets_up_signs_out_and_comes_back(console: ConsoleServer, page: Page) -> None:
    with console.house.database.write() as connection:
        token = create_setup_token(connection, console.house.clock())
    page.goto(f"{console.address}/console/setup?token={token}")
    page.get_by_label("Your name").fill("Mia")
    page.get_by_label("E-mail address").fill("mia@corner.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    expect(page).to_have_url(re.compile("/console/conversations$"))
    expect(page.get_by_text("No conversations yet.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail address").fill("mia@corner.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    expect(page).to_have_url(re.compile("/console/conversations$"))


def test_who_signs_out_in_one_tab_is_sent_away_in_the_other(at_desk: Page, console: ConsoleServer) -> None:
    other = at_desk.context.new_page()
    other.goto(f"{console.address}/console/account")
    other.get_by_role("button", name="Sign out").click()
    expect(other).to_have_url(re.compile("/console/sign-in$"))
    at_desk.keyboard.press("j")
    at_desk.keyboard.press("Enter")
    expect(at_desk).to_have_url(re.compile("/console/sign-in$"))
