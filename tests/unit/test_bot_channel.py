"""The channel's two pure halves: what a request may be, and how an answer is read out of a turn's events."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.answer import answer, replies, said_once
from bot.channels.turn_request import UNREADABLE, BadTurnError, TurnRequest, plain

REQUEST = {
    "conversation_id": "c1",
    "message_id": "m1",
    "text": "hello",
    "choice": None,
    "customer_id": "7",
    "channel": "widget",
}


def test_a_request_is_read_as_the_contract_says() -> None:
    turn = TurnRequest.from_json(REQUEST)
    assert turn.said == "hello"
    assert turn.metadata == {"message_id": "m1", "customer_id": "7", "channel": "widget"}


def test_a_choice_wins_over_text_and_is_left_as_it_is() -> None:
    assert (
        TurnRequest.from_json(REQUEST | {"choice": '/recommend{"mode": "more"}'}).said == '/recommend{"mode": "more"}'
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("conversation_id", ""), ("conversation_id", 7), ("message_id", None), ("message_id", "m" * 201),
        ("channel", None), ("text", 5), ("text", None), ("customer_id", 7), ("choice", "recommend"), ("choice", ["/a"]),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named(field: str, value: Any) -> None:
    with pytest.raises(BadTurnError, match=field):
        TurnRequest.from_json(REQUEST | {field: value})


@pytest.mark.parametrize("body", [None, [], "text", 3])
def test_a_body_that_is_no_object_is_refused(body: Any) -> None:
    with pytest.raises(BadTurnError, match="JSON object"):
        TurnRequest.from_json(body)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/restart", "restart"),
        (" // / /restart", "restart"),
        ("\u200b/restart", "restart"),
        ("\n\n/restart", "restart"),
        ("and/or", "and/or"),
        ("///", UNREADABLE),
        ("\x00", UNREADABLE),
        ("", UNREADABLE),
    ],
)
def test_text_is_never_left_as_an_intent(typed: str, said: str) -> None:
    assert plain(typed) == said


@given(st.text())
def test_no_text_whatever_begins_with_a_slash_or_is_empty(typed: str) -> None:
    assert plain(typed).strip()
    assert not plain(typed).strip().startswith("/")


def said(text: str | None, data: dict[str, Any] | None = None, buttons: list[Any] | None = None) -> dict[str, Any]:
    custom = {"data": data} if data is not None else None
    return {"event": "bot", "text": text, "data": {"buttons": buttons, "custom": custom}}


def test_text_and_its_cards_are_one_reply() -> None:
    card = {"id": "1", "title": "Coffee"}
    button = {"title": "Why?", "payload": "/why", "type": "postback"}
    assert replies([said("Look:", buttons=[button]), said(None, {"cards": [card]}), said("Anything else?")]) == [
        {"text": "Look:", "quick_replies": [{"title": "Why?", "payload": "/why"}], "cards": [card]},
        {"text": "Anything else?", "quick_replies": [], "cards": []},
    ]


def test_cards_that_come_first_wait_for_their_text() -> None:
    assert replies([said(None, {"cards": [{"id": "1"}]}), said("Look:")]) == [
        {"text": "Look:", "quick_replies": [], "cards": [{"id": "1"}]}
    ]


def test_an_utterance_that_carries_only_data_is_no_reply() -> None:
    assert replies([said(None, {"handoff": "asked"}), said("")]) == []


MESSAGE = {
    "event": "user", "message_id": "m1", "text": "any offers?",
    "parse_data": {
        "intent": {"name": "ask_offers", "confidence": 0.97123456},
        "intent_ranking": [{"name": f"i{rank}", "confidence": 0.9 - rank / 10} for rank in range(8)],
        "entities": [{"entity": "topic", "value": "returns"}],
        "sentiment": -0.2,
    },
}  # fmt: skip


def test_an_answer_holds_what_the_contract_names() -> None:
    turn = [
        MESSAGE,
        {"event": "action", "name": "action_offer"},
        said("Here you are", {"decision": {"kind": "offer"}, "preferences": {"refused_products": ["1"]}}),
        said(None, {"decision": [{"kind": "recommendation"}], "preferences": {"refused_products": ["2"]}}),
        said(None, {"handoff": "asked", "forgotten": {"likes": ["tea"]}, "unmet": ["oat milk"]}),
        {"event": "action", "name": "action_listen"},
    ]
    body = answer([turn], replayed=True)
    assert set(body) == {
        "message_id", "replayed", "replies", "parse", "parts", "actions", "decisions", "handoff", "outcome",
        "preferences", "forgotten", "unmet",
    }  # fmt: skip
    assert (body["message_id"], body["replayed"], body["handoff"]) == ("m1", True, "asked")
    assert body["actions"] == ["action_offer"]
    assert body["decisions"] == [{"kind": "offer"}, {"kind": "recommendation"}]
    assert body["preferences"] == {"refused_products": ["1", "2"]}
    assert (body["forgotten"], body["unmet"]) == ({"likes": ["tea"]}, ["oat milk"])
    assert body["parse"]["intent"] == {"name": "ask_offers", "confidence": 0.9712}
    assert [intent["name"] for intent in body["parse"]["ranking"]] == ["i0", "i1", "i2", "i3", "i4"]
    assert (body["parse"]["entities"], body["parse"]["sentiment"]) == ([{"entity": "topic", "value": "returns"}], -0.2)


def test_a_message_of_which_nothing_is_known_still_has_an_answer() -> None:
    body = answer([[{"event": "user", "message_id": "m1"}]], replayed=False)
    assert body["parse"] == {
        "intent": {"name": None, "confidence": 0.0}, "ranking": [], "entities": [], "sentiment": None,
    }  # fmt: skip
    assert (body["replies"], body["handoff"], body["preferences"]) == ([], None, {})


def told(text: str, response: str) -> dict[str, Any]:
    return {"event": "bot", "text": text, "metadata": {"utter_action": response}}


@pytest.mark.parametrize("second", ["Sorry!", "So sorry!"])
def test_one_apology_is_enough_for_several_requests(second: str) -> None:
    turns = [
        [told("Sorry!", "utter_apologise_first"), told("Here it is.", "utter_a")],
        [told(second, "utter_apologise_first"), told("And there.", "utter_b")],
    ]
    assert [event["text"] for event in said_once(turns)] == ["Sorry!", "Here it is.", "And there."]


def test_a_question_that_is_asked_again_is_asked_at_the_end() -> None:
    turns = [[told("Shall I?", "utter_a")], [told("None.", "utter_b"), told("Shall I?", "utter_a")]]
    assert [event["text"] for event in said_once(turns)] == ["None.", "Shall I?"]
