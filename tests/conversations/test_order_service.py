"""Requests about orders, on the trained model; at the end of each dialogue the state of the store."""

from __future__ import annotations

import pytest

from tests.support.demo_shop import FACTS
from tests.support.fake_analytics import FakeAnalytics
from tests.support.order_store import stored
from tests.support.rasa_house import RasaHouse
from tests.support.shop_with_orders import requests, shop_with_orders

VISITOR = None


@pytest.fixture
def shop() -> FakeAnalytics:
    return shop_with_orders()


def test_an_order_is_cancelled_after_a_yes_and_only_once(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    assert "Shall I cancel order 40300" in talk.says("I'd like to cancel my order please").text
    assert requests(shop) == []
    assert "order 40300 is cancelled" in talk.says("yes please").text
    talk.says("yes")
    talk.says("yes, do it")
    assert requests(shop) == [("cancel", "40300")]
    assert ("40300", "cancelled") in stored(shop.store, "orders", "order_id", "changed_status")
    assert "$3.74" in talk.says("where is my refund?").text
    assert "was cancelled" in talk.says("where is order 40300?").text


def test_the_yes_may_be_pressed_and_an_old_one_does_nothing(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    talk.says("cancel my order")
    asked = talk.last
    talk.chooses("Yes, cancel it")
    talk.last = asked
    talk.chooses("Yes, cancel it")
    assert requests(shop) == [("cancel", "40300")]


def test_what_is_on_its_way_cannot_be_cancelled(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    answer = talk.says("please cancel order 40251")
    assert "can't stop it any more" in answer.text
    assert talk.says("yes please").handoff is not None
    assert requests(shop) == []


def test_the_other_order_is_meant(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    talk.says("cancel my order")
    assert "40251" in talk.says("no, the other order").text
    assert requests(shop) == []


def test_another_number_is_given(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    talk.says("I want to return something from my last order")
    assert "40251" in talk.says("sorry, I meant order 40251").text


def test_a_question_in_between_is_answered_and_the_request_goes_on(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    talk.says("cancel my order")
    between = talk.says("how long does delivery take?").text
    assert FACTS.answers["delivery"] in between
    assert "Shall I cancel order 40300" in between
    talk.says("yes")
    assert requests(shop) == [("cancel", "40300")]


@pytest.mark.parametrize("text", ["never mind", "no, keep it", "no thanks", "forget it", "don't cancel it"])
def test_a_no_leaves_everything_as_it_was(house: RasaHouse, shop: FakeAnalytics, text: str) -> None:
    talk = house.talk("ana")
    talk.says("cancel my order")
    assert "left everything as it was" in talk.says(text).text
    talk.says("yes")
    assert requests(shop) == []


def test_part_of_an_order_is_returned(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    assert "Which of these" in talk.says("I want to send back my order").text
    assert "$4.00" in talk.says("the frozen pizza").text
    assert "registered" in talk.says("yes").text
    assert stored(shop.store, "order_requests", "kind", "product_ids") == [("return", ["103"])]


def test_everything_that_may_come_back_is_returned(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    talk.says("return my order")
    assert "$11.50" in talk.says("all of it").text
    talk.says("yes")
    assert stored(shop.store, "order_requests", "kind", "product_ids") == [("return", ["102", "103"])]


def test_what_is_not_taken_back_is_refused(house: RasaHouse, shop: FakeAnalytics) -> None:
    answer = house.talk("ana").says("please return the shampoo from my order")
    assert "can't take back" in answer.text
    assert requests(shop) == []


def test_a_damaged_product_is_reported_and_refunded(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    assert "report the damage" in talk.says("the pizza in my order arrived damaged").text
    assert "$4.00 back" in talk.says("yes please").text
    assert stored(shop.store, "order_requests", "kind", "reason") == [("problem", "damaged")]


def test_a_problem_is_told_step_by_step(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    talk.says("I want to report a problem with my order")
    talk.chooses("Something is missing")
    assert "didn't come" in talk.says("the coffee").text
    talk.chooses("Yes, report it")
    assert stored(shop.store, "order_requests", "reason", "status") == [("missing", "open")]


def test_an_order_goes_to_another_address(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    assert "full address" in talk.says("I gave you the wrong delivery address").text
    assert "14 Elm Street, Springfield 62704?" in talk.says("14 Elm Street, Springfield 62704").text
    assert "15 Elm Street" in talk.says("no, it's 15 Elm Street, Springfield 62704").text
    talk.says("yes, that's right")
    assert ("15 Elm Street, Springfield 62704",) in stored(shop.store, "orders", "delivery_address")


def test_a_copy_of_the_invoice(house: RasaHouse) -> None:
    answer = house.talk("ana").says("I need the invoice for order 40200")
    assert "Total paid: $16.99" in answer.text


def test_a_visitor_shows_whose_order_it_is(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk(VISITOR)
    assert "order number and the e-mail" in talk.says("cancel my order").text
    assert "e-mail address" in talk.says("40300").text
    assert "Shall I cancel order 40300" in talk.says("ana@example.com").text
    talk.says("yes")
    assert requests(shop) == [("cancel", "40300")]


def test_a_visitor_who_guesses_learns_nothing_and_is_stopped(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk(VISITOR)
    talk.says("cancel my order")
    told = {
        talk.says(f"order {number}, eve@example.com").text for number in ("40300", "77777", "40251", "1234", "5678")
    }
    assert len(told) == 1
    assert "can't check any more numbers" in talk.says("order 40300, ana@example.com").text
    assert requests(shop) == []


def test_somebody_elses_order_is_unknown(house: RasaHouse, shop: FakeAnalytics) -> None:
    assert "can't find order 40300" in house.talk("ben").says("cancel order 40300").text
    assert requests(shop) == []


def test_an_angry_request_gets_an_apology_first_and_is_served(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    answer = talk.says("this is terrible, I am so angry, cancel my order right now")
    assert "sorry" in answer.texts[0].lower()
    assert "Shall I cancel order 40300" in answer.text
