"""Several requests in one message: each is served, in order, once, and none is dropped."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.support.demo_shop import FACTS
from tests.support.dialogue_house import CornerShop
from tests.support.fake_analytics import FakeAnalytics
from tests.support.gateway_talk import GatewayTalk
from tests.support.rasa_house import RasaHouse
from tests.support.shop_with_orders import requests, shop_with_orders
from tests.support.talk import Answer
from tests.support.vague import VAGUE


@pytest.fixture
def shop() -> FakeAnalytics:
    return shop_with_orders()


def intents(answer: Answer) -> list[str]:
    return [answer.intent, *(part["intent"]["name"] for part in answer.body["parts"])]


def test_a_lookup_beside_a_request_is_answered_and_the_question_stands_at_the_end(
    house: RasaHouse, shop: FakeAnalytics
) -> None:
    talk = house.talk("ana")
    answer = talk.says("cancel order 40300 and where is my refund?")
    assert intents(answer) == ["cancel_order", "refund_status"]
    assert "refund" in answer.texts[0]
    assert "Shall I cancel order 40300" in answer.texts[-1]
    assert answer.text.count("Shall I cancel") == 1
    talk.says("yes please")
    assert requests(shop) == [("cancel", "40300")]


def test_a_second_request_waits_for_the_yes_to_the_first(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    first = talk.says("please cancel order 40300 and register a return for order 40200")
    assert "Shall I cancel order 40300" in first.text
    assert "40200" not in first.text
    second = talk.says("yes")
    assert requests(shop) == [("cancel", "40300")]
    assert "send back" in second.texts[-1]
    talk.says("all of it")
    talk.says("yes please")
    assert requests(shop) == [("cancel", "40300"), ("return", "40200")]


def test_a_request_that_waits_is_served_after_a_no_too(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    talk.says("cancel order 40300. Also, what do I get back if I return order 40200? register that return please")
    assert "send back" in talk.says("no, keep it").text
    assert requests(shop) == []


def test_two_questions_of_the_shop_are_both_answered(house: RasaHouse, shop: FakeAnalytics) -> None:
    answer = house.talk().says("what does delivery cost, and when are you open?")
    assert intents(answer) == ["ask_delivery", "ask_hours"]
    assert FACTS.answers["delivery"] in answer.text
    assert FACTS.answers["hours"] in answer.text


def test_anger_is_apologised_for_once(house: RasaHouse, shop: FakeAnalytics) -> None:
    answer = house.talk("ana").says("I'm so furious!! where is my order? and do you have decaf coffee?")
    assert len(answer.body["parts"]) == 1
    assert answer.text.lower().count("sorry") == 1


@pytest.mark.parametrize(
    "text",
    [
        "do you have bread and milk",
        "hello, where is my order",
        "the pizza was crushed and I want a refund",
        "I want to return the pizza and get my money back",
    ],
)
def test_what_is_one_request_stays_one(house: RasaHouse, shop: FakeAnalytics, text: str) -> None:
    assert house.talk("ana").says(text).body["parts"] == []


def test_the_same_message_again_gets_the_same_answer_and_does_nothing_twice(
    house: RasaHouse, shop: FakeAnalytics
) -> None:
    message = {
        "conversation_id": str(uuid4()), "message_id": str(uuid4()), "customer_id": "ana", "channel": "widget",
        "text": "where is my order and when are you open?", "choice": None,
    }  # fmt: skip
    first, again = house.ask(**message), house.ask(**message)
    assert (first["replayed"], again["replayed"]) == (False, True)
    assert len(first["parts"]) == 1
    assert {**first, "replayed": True} == again


def asked_back(visitor: GatewayTalk, corner: CornerShop, text: str) -> bool:
    visitor.says(text)
    return corner.turns(visitor)[-1].outcome == "asked_back"


def test_the_house_writes_down_every_request_and_what_was_asked_back(
    talks: Callable[..., GatewayTalk], corner: CornerShop
) -> None:
    talk = talks("ana")
    talk.says("what does delivery cost, and when are you open?")
    talk.says(next(text for text in VAGUE if asked_back(talks(), corner, text)))
    first, second = corner.turns(talk)
    assert (first.outcome, second.outcome) == ("answered", "asked_back")
    assert first.intent == "ask_delivery"
    assert [(part["intent"], part["text"]) for part in first.parts] == [("ask_hours", "when are you open?")]
    ((topics,),) = corner.rows("profiles", "topics")
    assert topics["ask_hours"] == 1
