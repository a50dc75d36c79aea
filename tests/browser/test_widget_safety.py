"""Nothing that is said in a chat can run in the page, and the widget talks to nobody but its own server."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.support.chat_hand import CARDS, ChatHand

pytestmark = pytest.mark.browser

CORPUS = [
    "<script>window.__xss = 1</script>",
    "<img src=x onerror='window.__xss = 1'>",
    "<svg onload=window.__xss=1>",
    "<svg><script>window.__xss=1</script></svg>",
    "<iframe srcdoc='<script>parent.__xss=1</script>'></iframe>",
    "<a href='javascript:window.__xss=1'>click</a>",
    "[click](javascript:window.__xss=1)",
    "[click](JaVaScRiPt:window.__xss=1)",
    "[click](java\tscript:window.__xss=1)",
    "[click](data:text/html,<script>window.__xss=1</script>)",
    "[click](vbscript:window.__xss=1)",
    '[click](https://x.example/"onmouseover="window.__xss=1)',
    '**<b onclick="window.__xss=1">bold</b>**',
    "- <details open ontoggle=window.__xss=1>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<math><mtext></mtext><img src=x onerror=window.__xss=1></math>",
    "{{constructor.constructor('window.__xss=1')()}}",
    "${window.__xss=1}",
    "\"><script>window.__xss=1</script>",
    "'\"--></title></textarea><script>window.__xss=1</script>",
    "&lt;script&gt;window.__xss=1&lt;/script&gt;",
    "\u202e<script>window.__xss=1</script>",
]  # fmt: skip


def watch(page: Page) -> list[str]:
    """Note every dialog, page error and refused script."""
    seen: list[str] = []
    page.on("dialog", lambda dialog: seen.append(f"dialog {dialog.message}"))
    page.on("pageerror", lambda error: seen.append(f"error {error}"))
    page.on("console", lambda line: seen.append(line.text) if "Content Security Policy" in line.text else None)
    return seen


def click_all_links(hand: ChatHand) -> None:
    for link in hand.log.locator("a").all():
        link.dispatch_event("click", {"ctrlKey": True})


def test_the_corpus_stays_text_wherever_it_turns_up(hand: ChatHand) -> None:
    seen = watch(hand.page)
    hand.open()
    for evil in CORPUS:
        reply = {"id": evil, "title": evil}
        card = {name: evil for name in ("id", "title", "subtitle", "price", "reason")} | {"quick_replies": [reply]}
        hand.gateway.say(evil, author="agent", author_name=evil, cards=[card], quick_replies=[reply])
        hand.gateway.say(evil, author="system")
        hand.gateway.hand_to("agent", evil)
    for evil in CORPUS[:6]:
        hand.write(evil)
    expect(hand.panel.locator(".message.agent")).to_have_count(len(CORPUS))
    expect(hand.panel.locator(".message.customer")).to_have_count(6)
    click_all_links(hand)
    hand.page.wait_for_timeout(300)
    assert hand.page.evaluate("window.__xss") is None
    assert seen == []
    hrefs = hand.panel.locator("a").evaluate_all("links => links.map(link => link.protocol)")
    assert set(hrefs) <= {"http:", "https:", "mailto:", "tel:"}
    strange = hand.panel.locator("script, iframe, img, style, object, embed, math, details")
    expect(strange).to_have_count(0)


def test_a_hostile_shop_name_customer_name_and_settings_stay_text(hand: ChatHand) -> None:
    evil = "<img src=x onerror=window.__xss=1>"
    seen = watch(hand.page)
    hand.gateway.shop = evil
    hand.open(title=evil, starters=evil, identity=evil, accent="red;background:url(https://evil.example)")
    expect(hand.panel.get_by_text(evil).first).to_be_visible()
    assert hand.page.evaluate("window.__xss") is None
    assert seen == []


def test_a_server_that_speaks_nonsense_does_not_break_the_chat(hand: ChatHand) -> None:
    seen = watch(hand.page)
    hand.open()
    for frame in (
        {}, {"type": 7}, {"type": "constructor"}, {"type": "message"},
        {"type": "message", "text": {"a": 1}, "cards": "no"},
        {"type": "owner", "owner": "king"}, {"type": "typing"}, {"type": "ack"}, {"type": "error"},
        {"type": "message", "seq": "x", "cards": [None, {"quick_replies": [1, {"id": []}]}], "at": "yesterday"},
    ):  # fmt: skip
        hand.gateway.push(frame)
    hand.gateway.say("still fine")
    expect(hand.bubble("still fine")).to_be_visible()
    assert seen == []


def test_only_the_own_server_is_asked_and_no_cookie_is_set(hand: ChatHand) -> None:
    asked: set[str] = set()
    hand.page.on("request", lambda request: asked.add(request.url))
    hand.page.on("websocket", lambda socket: asked.add(socket.url))
    hand.gateway.answers["hi"] = [{"text": "hello", "cards": CARDS}]
    hand.open()
    hand.write("hi")
    expect(hand.bubble("hello")).to_be_visible()
    own = urlsplit(hand.gateway.url).netloc
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {own}
    assert hand.page.context.cookies() == []


def test_the_widget_needs_no_inline_script_or_style(hand: ChatHand) -> None:
    seen = watch(hand.page)
    hand.open(accent="%23136f5b")
    hand.gateway.say("Three things", cards=CARDS)
    expect(hand.bubble("Three things")).to_be_visible()
    assert seen == []
    launcher = hand.page.get_by_role("button", name="Close chat").last
    assert launcher.evaluate("button => getComputedStyle(button).backgroundColor") == "rgb(19, 111, 91)"
