"""axe finds nothing in any state of the widget; what axe cannot see (focus, keys, announcements) is played through."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.support.chat_hand import CARDS, ChatHand
from tests.support.fake_gateway import FakeGateway

pytestmark = pytest.mark.browser

REPLIES = [{"id": "more", "title": "Show me more"}, {"id": "offers", "title": "Any offers for me?"}]


def closed(hand: ChatHand) -> None:
    hand.visit()
    expect(hand.launcher).to_be_visible()


def empty(hand: ChatHand) -> None:
    hand.open(starters="Recommend me something|Where is my order?")
    expect(hand.panel.get_by_role("button", name="Where is my order?")).to_be_visible()


def typing(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.push({"type": "typing", "author": "bot"})
    expect(hand.panel.get_by_text("Assistant is typing")).to_be_attached()


def cards(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.answers["hi"] = [{"text": "Three things **you** may like:", "cards": CARDS, "quick_replies": REPLIES}]
    hand.write("hi")
    expect(hand.panel.get_by_role("button", name="Show me more")).to_be_visible()


def failed(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.refusals["oops"] = "internal"
    hand.write("oops")
    expect(hand.panel.get_by_role("button", name="Try again")).to_be_visible()


def offline(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.closed = True
    hand.gateway.drop()
    hand.write("still there?")
    expect(hand.panel.get_by_text("Connection lost")).to_be_visible()


def with_a_person(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.hand_to("agent", "Maria")
    hand.gateway.say("Maria joined the conversation.", author="system")
    hand.gateway.say("Hello, this is Maria.\n- one\n- [two](https://shop.example)", author="agent", author_name="Maria")
    expect(hand.bubble("Hello, this is Maria.")).to_be_visible()


STATES: list[Callable[[ChatHand], None]] = [closed, empty, typing, cards, failed, offline, with_a_person]
SCREENS = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "320 px wide": {"viewport": {"width": 320, "height": 640}},
    "200 % zoom": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(
    browser: Browser, gateway: FakeGateway, state: Callable[[ChatHand], None], screen: str
) -> None:
    context = browser.new_context(locale="en-GB", reduced_motion="reduce", **SCREENS[screen])
    hand = ChatHand(context.new_page(), gateway)
    state(hand)
    hand.expect_no_axe_violation()
    assert hand.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    context.close()


@pytest.mark.parametrize("colour", ["ffd400", "0b3d2e", "ff5a5f"])
def test_any_accent_colour_of_a_shop_stays_readable(hand: ChatHand, colour: str) -> None:
    hand.open(accent=f"%23{colour}")
    hand.gateway.answers["hi"] = [{"text": "Hello", "quick_replies": REPLIES}]
    hand.write("hi")
    expect(hand.bubble("Hello")).to_be_visible()
    hand.expect_no_axe_violation()


def test_a_right_to_left_page_gets_a_right_to_left_chat(hand: ChatHand) -> None:
    hand.page.goto(hand.gateway.page(lang="ar", direction="rtl"))
    hand.page.get_by_role("button", name="فتح المحادثة").click()
    expect(hand.panel).to_be_visible()
    box = hand.panel.bounding_box()
    assert box is not None
    assert box["x"] < 100, "the chat sits at the end of the line: on the left"
    hand.expect_no_axe_violation()


def test_a_whole_conversation_needs_only_the_keyboard(hand: ChatHand) -> None:
    keys = hand.page.keyboard
    hand.gateway.answers["hi"] = [{"text": "Three things:", "cards": CARDS, "quick_replies": REPLIES}]
    hand.visit()
    expect(hand.launcher).to_be_visible()
    keys.press("Tab")
    keys.press("Tab")
    expect(hand.launcher).to_be_focused()
    keys.press("Enter")
    expect(hand.field).to_be_focused()
    hand.wait_online()
    keys.type("hi")
    keys.press("Enter")
    more = hand.panel.get_by_role("button", name="Show me more")
    expect(more).to_be_visible()
    for _ in range(12):
        keys.press("Shift+Tab")
        if more.evaluate("button => button.getRootNode().activeElement === button"):
            break
    expect(more).to_be_focused()
    keys.press("Enter")
    expect(hand.bubble("Show me more")).to_be_visible()
    expect(hand.field).to_be_focused()
    keys.press("Escape")
    expect(hand.panel).to_be_hidden()
    expect(hand.launcher).to_be_focused()


def test_cards_can_be_reached_and_scrolled_by_keys(hand: ChatHand) -> None:
    cards(hand)
    strip = hand.panel.get_by_role("list", name="Products")
    expect(strip).to_have_attribute("tabindex", "0")
    strip.focus()
    hand.page.keyboard.press("ArrowRight")
    hand.page.wait_for_function("strip => strip.scrollLeft > 0", arg=strip.element_handle())
    hand.panel.get_by_role("button", name="Why this one? (Frozen pizza, 4 cheese)").press("Enter")
    expect(hand.bubble("Why this one?")).to_be_visible()


def test_new_messages_are_announced_but_the_history_is_not(hand: ChatHand) -> None:
    hand.open()
    expect(hand.log).to_have_attribute("aria-live", "polite")
    expect(hand.log).to_have_attribute("aria-busy", "false")
    hand.gateway.say("one")
    expect(hand.bubble("one")).to_be_visible()
    hand.page.add_init_script(
        """window.busyAtFirst = null;
        customElements.whenDefined('rapport-chat').then(() => setTimeout(() => {
          window.busyAtFirst = document.querySelector('rapport-chat').shadowRoot.querySelector('[role=log]').ariaBusy;
        }))"""
    )
    hand.page.reload()
    expect(hand.bubble("one")).to_be_visible()
    assert hand.page.evaluate("window.busyAtFirst") == "true"
    expect(hand.log).to_have_attribute("aria-busy", "false")
