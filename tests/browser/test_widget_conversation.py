"""What a customer sees and does in a conversation."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.chat_hand import CARDS, ChatHand

pytestmark = pytest.mark.browser


def test_a_message_is_shown_at_once_and_marked_when_it_is_committed(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.silent = True
    hand.write("hello")
    expect(hand.bubble("hello")).to_be_visible()
    expect(hand.panel.get_by_text("Sending")).to_be_visible()
    frame = hand.gateway.sent("send")[0]
    assert frame == {"type": "send", "id": frame["id"], "text": "hello"}
    assert re.fullmatch(r"[0-9a-f]{32}", frame["id"])
    hand.gateway.push({"type": "ack", "id": frame["id"], "seq": 1, "message_id": "m1", "repeated": False})
    expect(hand.panel.get_by_text("Delivered")).to_be_visible()


def test_an_answer_names_its_author(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.say("Good morning", author_name="Journey assistant")
    hand.gateway.say("Hi, Maria here", author="agent", author_name="Maria")
    expect(hand.panel.locator(".author")).to_have_text(["Journey assistant", "Maria"])


def test_bold_links_and_lists_become_elements(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.say("**Two** ways:\n- [write](mailto:help@shop.example)\n- https://shop.example/help.")
    bubble = hand.log.locator(".bubble")
    expect(bubble.locator("strong")).to_have_text("Two")
    expect(bubble.locator("li")).to_have_count(2)
    hrefs = bubble.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert hrefs == ["mailto:help@shop.example", "https://shop.example/help"]


def test_a_quick_reply_is_sent_by_its_id_and_the_offered_ones_go_away(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.say("What now?", quick_replies=[{"id": "r1", "title": "More"}, {"id": "r2", "title": "Offers"}])
    hand.panel.get_by_role("button", name="Offers").click()
    hand.expect_bubbles("What now?", "Offers")
    expect(hand.panel.get_by_role("button", name="More")).to_be_hidden()
    assert [frame["reply_id"] for frame in hand.gateway.sent("choose")] == ["r2"]


def test_cards_show_product_price_and_reason(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.say("Three things", cards=CARDS)
    first = hand.log.get_by_role("listitem").first
    for text in ("Kids cereal, 14.5 oz", "Cold cereal", "$2.99", "you buy it about every 9 days, last on 3 May"):
        expect(first.get_by_text(text)).to_be_visible()
    first.get_by_role("button").click()
    expect(hand.bubble("Why this one?")).to_be_visible()
    assert hand.gateway.sent("choose")[0]["reply_id"] == "why-0"


def test_a_refused_message_can_be_tried_again_under_the_same_id(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.refusals["again please"] = "internal"
    hand.write("again please")
    hand.panel.get_by_role("button", name="Try again").click()
    expect(hand.panel.get_by_text("Delivered")).to_be_visible()
    first, second = hand.gateway.sent("send", 2)
    assert first["id"] == second["id"]
    hand.expect_bubbles("again please")


def test_a_message_that_came_too_fast_is_sent_again_by_itself(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.refusals["quick"] = "too_fast"
    hand.write("quick")
    expect(hand.panel.get_by_text("Delivered")).to_be_visible()
    assert len(hand.gateway.sent("send", 2)) == 2


def test_a_choice_that_is_gone_says_so_and_offers_no_second_try(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.refusals["Old"] = "unknown_reply"
    hand.gateway.say("Choose", quick_replies=[{"id": "r1", "title": "Old"}])
    hand.panel.get_by_role("button", name="Old").click()
    expect(hand.panel.get_by_text("This choice is no longer available")).to_be_visible()
    expect(hand.panel.get_by_role("button", name="Try again")).to_be_hidden()


def test_talk_to_a_person_is_always_there_and_becomes_the_persons_name(hand: ChatHand) -> None:
    hand.open()
    hand.panel.get_by_role("button", name="Talk to a person").click()
    expect(hand.bubble("I want to talk to a person")).to_be_visible()
    hand.gateway.hand_to("queue")
    expect(hand.panel.get_by_text("We are getting a person for you")).to_be_visible()
    hand.gateway.hand_to("agent", "Maria")
    expect(hand.panel.get_by_text("You are talking with Maria")).to_be_visible()
    hand.gateway.hand_to("bot")
    expect(hand.panel.get_by_role("button", name="Talk to a person")).to_be_visible()


def test_typing_is_shown_until_the_message_comes_and_told_to_the_other_side(hand: ChatHand) -> None:
    hand.open()
    hand.gateway.push({"type": "typing", "author": "bot"})
    expect(hand.panel.get_by_text("Assistant is typing")).to_be_attached()
    hand.gateway.say("Here I am")
    expect(hand.panel.get_by_text("Assistant is typing")).not_to_be_attached()
    hand.field.press_sequentially("a longer text")
    hand.page.wait_for_timeout(100)
    assert len(hand.gateway.sent("typing")) == 1


def test_unread_messages_are_counted_on_the_launcher_and_in_the_title(hand: ChatHand) -> None:
    hand.open()
    hand.panel.get_by_role("button", name="Close chat").click()
    hand.gateway.say("one")
    hand.gateway.say("two")
    expect(hand.page.get_by_role("button", name="Open chat, new messages: 2")).to_be_visible()
    expect(hand.page).to_have_title("(2) A shop")
    hand.page.get_by_role("button", name="Open chat, new messages: 2").click()
    expect(hand.page).to_have_title("A shop")
    hand.panel.get_by_role("button", name="Close chat").click()
    hand.page.reload()
    expect(hand.page.get_by_role("button", name="Open chat", exact=True)).to_be_visible()


def test_the_page_can_open_speak_and_listen(hand: ChatHand) -> None:
    hand.visit()
    expect(hand.launcher).to_be_visible()
    hand.page.evaluate(
        "window.heard = []; Rapport.on('message', (m) => heard.push(m.text)); Rapport.say('Do you have tea?')"
    )
    expect(hand.bubble("Do you have tea?")).to_be_visible()
    expect(hand.panel.get_by_text("Delivered")).to_be_visible()
    hand.page.wait_for_timeout(300)
    hand.gateway.say("We do.")
    expect(hand.bubble("We do.")).to_be_visible()
    assert hand.page.evaluate("heard")[-1] == "We do."
    hand.page.evaluate("Rapport.close()")
    expect(hand.panel).to_be_hidden()


def test_enter_sends_and_shift_enter_begins_a_line(hand: ChatHand) -> None:
    hand.open()
    hand.field.press_sequentially("one")
    hand.field.press("Shift+Enter")
    hand.field.press_sequentially("two")
    hand.field.press("Enter")
    expect(hand.field).to_have_value("")
    assert hand.gateway.sent("send")[0]["text"] == "one\ntwo"


@pytest.mark.parametrize(("lang", "label"), [("de", "Chat öffnen"), ("es", "Abrir el chat"), ("fr", "Ouvrir le chat")])
def test_the_chat_speaks_the_pages_language(hand: ChatHand, lang: str, label: str) -> None:
    hand.visit(lang=lang)
    expect(hand.page.get_by_role("button", name=label)).to_be_visible()


def test_scrolling_back_is_not_disturbed_by_a_new_message(hand: ChatHand) -> None:
    hand.open()
    for number in range(30):
        hand.gateway.say(f"line {number}")
    expect(hand.bubble("line 29")).to_be_in_viewport()
    hand.panel.get_by_role("region", name="Messages").evaluate("box => box.scrollTo(0, 0)")
    expect(hand.bubble("line 0")).to_be_in_viewport()
    hand.gateway.say("news")
    hand.page.wait_for_timeout(200)
    expect(hand.bubble("line 0")).to_be_in_viewport()
    hand.panel.get_by_role("button", name="New messages").click()
    expect(hand.bubble("news")).to_be_in_viewport()
