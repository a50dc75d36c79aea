"""One turn through the real Rasa: the secret, the answer, repetition, failure, order and memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from tests.support import fake_actions
from tests.support.fake_actions import OFFER, FakeActions, slowly
from tests.support.tiny_rasa import SECRET, TinyRasa, needs_rasa

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TinyRasa, FakeActions]]:
    """Rasa and the action server of this file."""
    needs_rasa()
    actions = FakeActions().start()
    rasa = TinyRasa(tmp_path_factory.mktemp("rasa"), actions.port)
    try:
        rasa.start()
        yield rasa, actions
    finally:
        rasa.stop()
        actions.stop()


@pytest.fixture
def actions(house: tuple[TinyRasa, FakeActions]) -> FakeActions:
    """The action server, answering with an offer."""
    house[1].behave(OFFER)
    return house[1]


@pytest.fixture
def rasa(house: tuple[TinyRasa, FakeActions], actions: FakeActions) -> TinyRasa:
    """Rasa, as it has been running."""
    return house[0]


@pytest.fixture
def conversation() -> str:
    """A conversation nobody had before."""
    return uuid4().hex


@pytest.mark.parametrize("path", ["/", "/webhooks/gateway/health", "/webhooks/gateway/turn", "/nowhere"])
@pytest.mark.parametrize("secret", [None, "wrong", SECRET + "x"])
def test_every_route_asks_for_the_secret(rasa: TinyRasa, path: str, secret: str | None) -> None:
    assert rasa.get(path, secret)[0] == 401
    assert rasa.post(path, b"{}", secret)[0] == 401


def test_health_names_the_model_that_understood(rasa: TinyRasa) -> None:
    status, body = rasa.get("/webhooks/gateway/health")
    assert (status, body["ready"]) == (200, True)
    assert len(body["model_id"]) == 32


def test_an_answer_carries_replies_and_what_was_understood(rasa: TinyRasa, conversation: str) -> None:
    body = rasa.says("hello there", conversation, "m1")
    assert body["replies"] == [
        {"text": "Hello!", "quick_replies": [{"title": "Any offers?", "payload": "/ask_offers"}], "cards": []}
    ]
    assert (body["message_id"], body["replayed"], body["actions"]) == ("m1", False, ["utter_greet_hello"])
    assert body["parse"]["intent"]["name"] == "greet"
    assert body["parse"]["ranking"][0] == body["parse"]["intent"]
    confidences = [intent["confidence"] for intent in body["parse"]["ranking"]]
    assert confidences == sorted(confidences, reverse=True)
    assert -1 <= body["parse"]["sentiment"] <= 1


def test_an_action_sees_customer_sentiment_and_entities_and_its_data_comes_back(
    rasa: TinyRasa, actions: FakeActions, conversation: str
) -> None:
    body = rasa.says("do you sell bread?", conversation, "m1")
    call = actions.asked[0]
    assert call["next_action"] == "action_search_product"
    assert call["headers"]["X-Rapport-Secret"] == SECRET
    assert call["domain"] == {}
    message = call["tracker"]["latest_message"]
    assert message["metadata"].items() >= {"message_id": "m1", "customer_id": "7", "channel": "widget"}.items()
    assert isinstance(message["sentiment"], float)
    assert [(entity["entity"], entity["value"]) for entity in message["entities"]] == [("product_query", "bread")]
    assert body["replies"] == [
        {"text": "Ten per cent off.", "quick_replies": [], "cards": [{"id": "o1", "title": "Coupon"}]}
    ]
    assert body["decisions"] == [{"kind": "offer", "chosen": "o1"}]


def test_a_repeated_message_id_gives_the_same_answer_and_runs_nothing(
    rasa: TinyRasa, actions: FakeActions, conversation: str
) -> None:
    first = rasa.says("any offers for me", conversation, "m1")
    rasa.says("thanks", conversation, "m2")
    again = rasa.says("any offers for me", conversation, "m1")
    assert again == first | {"replayed": True}
    assert len(actions.asked) == 1


def test_a_message_sent_twice_at_once_runs_once(rasa: TinyRasa, actions: FakeActions, conversation: str) -> None:
    actions.behave(slowly(0.2, OFFER))
    with ThreadPoolExecutor(4) as threads:
        bodies = list(threads.map(lambda _: rasa.says("any offers for me", conversation, "m1"), range(4)))
    assert sorted(body["replayed"] for body in bodies) == [False, True, True, True]
    assert len(actions.asked) == 1


@pytest.mark.parametrize("text", ["/thank", " // /thank", "\u200b/thank", "/restart", '/ask_offers{"order_id": "1"}'])
def test_text_that_begins_with_a_slash_is_no_intent(rasa: TinyRasa, conversation: str, text: str) -> None:
    parse = rasa.says(text, conversation)["parse"]
    # The mood was measured and more than one intent considered: it went the way of words, not of a quick reply.
    assert parse["sentiment"] is not None
    assert len(parse["ranking"]) > 1
    assert "1" not in [entity["value"] for entity in parse["entities"]]


def test_a_choice_is_an_intent_with_its_entities_and_no_mood(rasa: TinyRasa, conversation: str) -> None:
    parse = rasa.says("ignored", conversation, choice='/thank{"product_id": "17"}')["parse"]
    assert parse["intent"] == {"name": "thank", "confidence": 1.0}
    assert [(entity["entity"], entity["value"]) for entity in parse["entities"]] == [("product_id", "17")]
    assert parse["sentiment"] is None


@pytest.mark.parametrize("text", ["…", "?!", "///", "how old is the moon", "zxq vbbn qqp"])
def test_what_is_not_understood_falls_back(rasa: TinyRasa, conversation: str, text: str) -> None:
    body = rasa.says(text, conversation)
    assert body["parse"]["intent"]["name"] == "nlu_fallback"
    assert body["actions"] == ["action_fallback"]


@pytest.mark.parametrize(
    "trouble",
    [
        fake_actions.fails, fake_actions.talks_nonsense, fake_actions.breaks_the_protocol, fake_actions.drops_the_line,
    ],
)  # fmt: skip
def test_a_failed_action_is_an_error_and_the_same_message_works_afterwards(
    rasa: TinyRasa, actions: FakeActions, conversation: str, trouble: fake_actions.Behaviour
) -> None:
    rasa.says("hello", conversation, "m1")
    actions.behave(trouble)
    assert rasa.turn("any offers for me", conversation, "m2") == (500, {"error": "action_failed"})
    actions.behave(OFFER)
    body = rasa.says("any offers for me", conversation, "m2")
    assert (body["replayed"], body["actions"]) == (False, ["action_offer"])
    # What failed left no trace in what actions are shown: one greeting, one question.
    said = [event["text"] for event in actions.asked[0]["tracker"]["events"] if event["event"] == "user"]
    assert said == ["hello", "any offers for me"]


def test_an_action_is_shown_what_was_said_and_done_before_without_its_cards_and_rankings(
    rasa: TinyRasa, actions: FakeActions, conversation: str
) -> None:
    rasa.says("any offers for me", conversation, "m1")
    rasa.says("any offers for me", conversation, "m2")
    events = actions.asked[-1]["tracker"]["events"]
    asked = [event["parse_data"] for event in events if event["event"] == "user"]
    assert [data["intent"]["name"] for data in asked] == ["ask_offers", "ask_offers"]
    assert all(data.keys() == {"text", "intent", "entities"} for data in asked)
    said = [event for event in events if event["event"] == "bot"]
    assert [event["text"] for event in said] == ["Ten per cent off.", None]
    assert all(event.keys() == {"event", "timestamp", "text", "metadata"} for event in said)
    done = [event["name"] for event in events if event["event"] == "action"]
    assert done == ["action_session_start", "action_listen", "action_offer", "action_listen"]


def test_a_caller_who_hangs_up_leaves_nothing_half_done(
    rasa: TinyRasa, actions: FakeActions, conversation: str
) -> None:
    actions.behave(slowly(0.6, OFFER))
    with pytest.raises(TimeoutError):
        rasa.turn("any offers for me", conversation, "m1", timeout=0.2)
    body = rasa.says("any offers for me", conversation, "m1")
    assert body["actions"] == ["action_offer"]
    said = [event for event in actions.asked[-1]["tracker"]["events"] if event["event"] == "user"]
    assert len(said) == 1


def test_quick_messages_of_one_conversation_are_answered_in_turn_without_waiting_by_the_second(
    rasa: TinyRasa, actions: FakeActions, conversation: str
) -> None:
    actions.behave(slowly(0.05, OFFER))
    began = time.monotonic()
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda number: rasa.says("any offers for me", conversation, f"m{number}"), range(6)))
    # Rasa's own lock looks once a second: the sixth message would wait five.
    assert time.monotonic() - began < 4
    histories = [sum(event["event"] == "user" for event in call["tracker"]["events"]) for call in actions.asked]
    assert histories == [1, 2, 3, 4, 5, 6]


def test_a_slow_conversation_does_not_hold_up_another(rasa: TinyRasa, actions: FakeActions, conversation: str) -> None:
    actions.behave(slowly(1.5, OFFER))
    slow = threading.Thread(target=rasa.says, args=("any offers for me", conversation))
    slow.start()
    began = time.monotonic()
    rasa.says("hello", uuid4().hex)
    assert time.monotonic() - began < 1
    slow.join()


def test_a_long_conversation_shows_actions_a_bounded_past_and_keeps_its_slots(
    rasa: TinyRasa, actions: FakeActions, conversation: str
) -> None:
    rasa.says("any offers for me", conversation)
    actions.behave(fake_actions.answers({"text": "Here it is."}))
    for _ in range(40):
        rasa.says("thanks", conversation)
    rasa.says("do you sell bread?", conversation)
    tracker = actions.asked[0]["tracker"]
    assert sum(event["event"] == "user" for event in tracker["events"]) <= 9
    assert tracker["slots"]["offers_made"] == ["o1"]


@pytest.mark.parametrize(
    "body", [b"", b"no json", b"[]", b'{"conversation_id": "c"}', b'{"conversation_id": 3, "text": "a"}']
)
def test_a_bad_request_is_refused(rasa: TinyRasa, body: bytes) -> None:
    status, answer = rasa.post("/webhooks/gateway/turn", body)
    assert (status, answer["error"]) == (400, "bad_request")


def test_no_message_is_written_to_the_log(rasa: TinyRasa, actions: FakeActions, conversation: str) -> None:
    planted: Any = "my card is 4111 1111 1111 1111, any offers for me"
    actions.behave(fake_actions.fails)
    rasa.turn(planted, conversation)
    rasa.turn(planted, conversation, choice="/no_such_intent")
    assert "4111 1111" not in rasa.log.read_text(errors="replace")
