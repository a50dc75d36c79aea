"""The widget and the shop page against the real gateway: what both sides call the protocol is the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web
from playwright.sync_api import Page, expect

from tests.support.fake_rasa import Turn, answer_to
from tests.support.threaded_house import ThreadedHouse, threaded_house
from tests.support.web_parts import web_part

pytestmark = pytest.mark.browser

CARD = {
    "id": "1", "title": "Kids cereal, 14.5 oz", "subtitle": "Cold cereal", "price": "$2.99",
    "reason": "you buy it about every 9 days",
    "quick_replies": [{"title": "Why this one?", "payload": '/explain_recommendation{"product_id": "1"}'}],
}  # fmt: skip


async def recommending(turn: Turn) -> web.StreamResponse:
    """A bot that recommends, and explains when its own quick reply comes back."""
    if turn["choice"]:
        return web.json_response(answer_to(turn, "Because you buy it often."))
    replies = [{"text": "Three things:", "quick_replies": [], "cards": [CARD]}]
    return web.json_response(answer_to(turn, replies=replies))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[ThreadedHouse]:
    """A gateway with the demo shop."""
    web_part("widget.js")
    with threaded_house(tmp_path, demo=True) as opened:
        yield opened


@pytest.fixture
def shop(house: ThreadedHouse, page: Page) -> Page:
    """The shop page with the chat open."""
    page.goto(house.url)
    page.get_by_role("button", name="Ask the assistant").click()
    expect(page.get_by_role("dialog").locator(".dot.online")).to_be_attached()
    return page


def write(page: Page, text: str) -> None:
    field = page.get_by_role("textbox", name="Write a message")
    field.fill(text)
    field.press("Enter")


def expect_bubbles(page: Page, *texts: str) -> None:
    expect(page.get_by_role("log").locator(".bubble")).to_have_text(list(texts))


def test_a_visitor_talks_and_finds_it_all_after_a_reload(shop: Page) -> None:
    write(shop, "hello")
    expect_bubbles(shop, "hello", "You said: hello")
    expect(shop.get_by_text("Delivered")).to_be_visible()
    shop.reload()
    expect_bubbles(shop, "hello", "You said: hello")


def test_a_cards_button_brings_its_answer(shop: Page, house: ThreadedHouse) -> None:
    house.house.rasa.behaviour = recommending
    write(shop, "recommend me something")
    shop.get_by_role("button", name="Why this one? (Kids cereal, 14.5 oz)").click()
    expect_bubbles(shop, "recommend me something", "Three things:", "Why this one?", "Because you buy it often.")


def test_a_customer_is_known_by_her_signed_token_and_gone_after_signing_out(shop: Page, house: ThreadedHouse) -> None:
    write(shop, "I am a visitor")
    expect_bubbles(shop, "I am a visitor", "You said: I am a visitor")
    shop.evaluate("jwt => Rapport.identify(jwt)", house.house.identity("ana", "Ana"))
    expect(shop.get_by_text("Hello Ana! How can we help?")).to_be_visible()
    write(shop, "I am Ana")
    expect_bubbles(shop, "I am Ana", "You said: I am Ana")
    assert house.house.rasa.ran[-1]["customer_id"] == "ana"
    shop.evaluate("Rapport.signOut()")
    expect(shop.get_by_text("Hello! How can we help?")).to_be_visible()


def test_a_refused_token_leaves_a_working_chat(shop: Page, house: ThreadedHouse) -> None:
    shop.evaluate("Rapport.on('identityExpired', () => window.expired++); window.expired = 0")
    shop.evaluate("Rapport.identify('not.a.token')")
    shop.wait_for_function("() => window.expired === 1")
    write(shop, "still here")
    expect_bubbles(shop, "still here", "You said: still here")


def test_a_forgotten_bearer_begins_a_new_conversation(shop: Page) -> None:
    shop.evaluate("localStorage.setItem(`rapport:${location.host}:token`, 'x'.repeat(43))")
    shop.reload()
    write(shop, "hello again")
    expect_bubbles(shop, "hello again", "You said: hello again")


def test_a_person_takes_over_answers_and_gives_back(shop: Page, house: ThreadedHouse) -> None:
    write(shop, "hello")
    expect_bubbles(shop, "hello", "You said: hello")
    conversation = house.house.rasa.ran[0]["conversation_id"]
    desk = house.house.desk
    house.call(desk.take_over(conversation, "maya", "Maya"))
    expect(shop.get_by_text("You are talking with Maya")).to_be_visible()
    house.call(desk.answer(conversation, "maya", "Maya", "answer-1", "Hi, I am **Maya**."))
    expect(shop.locator(".message.agent .bubble")).to_have_text("Hi, I am Maya.")
    write(shop, "thank you")
    expect(shop.get_by_role("log").get_by_text("thank you", exact=True)).to_be_visible()
    house.call(desk.give_back(conversation, "maya"))
    expect(shop.get_by_role("button", name="Talk to a person", exact=True)).to_be_visible()
    assert [turn["text"] for turn in house.house.rasa.ran] == ["hello"]
