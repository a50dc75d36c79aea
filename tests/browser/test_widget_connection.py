"""Whatever happens to the line, the transcript is whole, in order and without doubles."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.support.chat_hand import ChatHand
from tests.support.fake_gateway import FakeGateway

pytestmark = pytest.mark.browser


def test_a_reconnect_brings_what_was_missed_and_nothing_twice(hand: ChatHand) -> None:
    hand.gateway.answers["hi"] = [{"text": "hello"}]
    hand.open()
    hand.write("hi")
    hand.expect_bubbles("hi", "hello")
    hand.gateway.closed = True
    hand.gateway.drop()
    expect(hand.panel.get_by_text("Connection lost")).to_be_visible()
    hand.gateway.say("said while you were away")
    hand.gateway.closed = False
    hand.panel.get_by_role("button", name="Try now").click()
    hand.wait_online()
    hand.expect_bubbles("hi", "hello", "said while you were away")
    assert [frame["after"] for frame in hand.gateway.sent("hello", 2)] == [0, 2]


def test_the_widget_comes_back_by_itself(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.drop()
    hand.page.wait_for_function("() => document.querySelector('rapport-chat').shadowRoot.querySelector('.dot.offline')")
    hand.wait_online()
    assert len(hand.gateway.sent("hello", 2)) == 2


def test_what_is_written_without_a_connection_is_sent_once_it_is_back(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.closed = True
    hand.gateway.drop()
    hand.write("first")
    hand.write("second")
    expect(hand.panel.get_by_text("Waiting for the connection").first).to_be_visible()
    hand.gateway.closed = False
    hand.wait_online()
    expect(hand.panel.get_by_text("Delivered")).to_be_visible()
    hand.expect_bubbles("first", "second")
    assert [frame["text"] for frame in hand.gateway.sent("send", 2)] == ["first", "second"]


def test_what_was_not_acknowledged_is_sent_again_with_the_same_id(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.silent = True
    hand.write("are you there?")
    expect(hand.panel.get_by_text("Sending")).to_be_visible()
    hand.gateway.silent = False
    hand.gateway.drop()
    expect(hand.panel.get_by_text("Delivered")).to_be_visible()
    first, second = hand.gateway.sent("send", 2)
    assert first == second
    hand.expect_bubbles("are you there?")


def test_a_reload_keeps_the_conversation_and_the_open_panel(hand: ChatHand) -> None:
    hand.gateway.answers["hi"] = [{"text": "hello"}]
    hand.open()
    hand.write("hi")
    hand.expect_bubbles("hi", "hello")
    hand.page.reload()
    hand.expect_bubbles("hi", "hello")
    expect(hand.field).not_to_be_focused()
    assert len(hand.gateway.conversations) == 1


def test_a_message_not_yet_sent_outlives_a_reload(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.silent = True
    hand.write("do not lose me")
    expect(hand.panel.get_by_text("Sending")).to_be_visible()
    hand.page.reload()
    expect(hand.bubble("do not lose me")).to_be_visible()
    hand.gateway.silent = False
    hand.gateway.drop()
    expect(hand.panel.get_by_text("Delivered")).to_be_visible()
    hand.expect_bubbles("do not lose me")
    assert len({frame["id"] for frame in hand.gateway.sent("send")}) == 1


def test_two_tabs_show_the_same_conversation(gateway: FakeGateway, context: BrowserContext) -> None:
    gateway.answers["hi"] = [{"text": "hello"}]
    one = ChatHand(context.new_page(), gateway).open()
    two = ChatHand(context.new_page(), gateway).open()
    one.write("hi")
    two.write("me too")
    for hand in (one, two):
        expect(hand.bubble("me too")).to_be_visible()
        expect(hand.bubble("hello")).to_be_visible()
    assert one.bubbles() == two.bubbles()
    assert len(gateway.conversations) == 1


def test_messages_out_of_order_and_repeated_ones_end_up_in_order_once(hand: ChatHand) -> None:
    hand.open()
    template = {
        "type": "message", "client_message_id": None, "author": "bot", "author_name": None,
        "quick_replies": [], "cards": [], "at": "2026-11-22T10:00:00Z",
    }  # fmt: skip
    for seq in (2, 1, 3, 2):
        hand.gateway.push({**template, "seq": seq, "message_id": str(seq), "text": f"number {seq}"})
    hand.expect_bubbles("number 1", "number 2", "number 3")


def test_a_customer_who_signs_in_sees_her_own_conversation_and_signing_out_forgets_it(hand: ChatHand) -> None:
    hand.open()
    hand.write("I am a visitor")
    expect(hand.panel.get_by_text("Delivered")).to_be_visible()
    hand.page.evaluate("Rapport.identify('Anna')")
    expect(hand.panel.get_by_text("Hello Anna! How can we help?")).to_be_visible()
    hand.write("I am Anna")
    hand.expect_bubbles("I am Anna")
    hand.page.reload()
    hand.expect_bubbles("I am Anna")
    hand.page.evaluate("Rapport.signOut()")
    expect(hand.panel.get_by_text("Hello! How can we help?")).to_be_visible()
    hand.wait_online()
    assert [frame["identity"] for frame in hand.gateway.sent("hello", 4)] == [None, "Anna", "Anna", None]
    assert hand.gateway.sent("hello")[-1]["token"] is None


def test_an_expired_sign_in_is_told_to_the_page_and_the_chat_goes_on(hand: ChatHand) -> None:
    hand.open()
    hand.page.evaluate(
        "window.expired = 0; Rapport.on('identityExpired', () => window.expired++); Rapport.identify('expired')"
    )
    hand.page.wait_for_function("() => window.expired === 1")
    hand.wait_online()
    hand.write("still here")
    expect(hand.panel.get_by_text("Delivered")).to_be_visible()


def test_nothing_is_fetched_and_nothing_is_said_before_the_customer_opens_the_chat(hand: ChatHand) -> None:
    hand.visit()
    expect(hand.launcher).to_be_visible()
    hand.page.wait_for_timeout(300)
    assert hand.gateway.frames == []
