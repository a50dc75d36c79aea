"""Complaints and payment trouble, on the trained model; at the end of each dialogue the state of the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support import demo_shop
from tests.support.fake_analytics import FakeAnalytics
from tests.support.order_store import stored
from tests.support.rasa_house import RasaHouse

VISITOR = None


@pytest.fixture
def shop() -> FakeAnalytics:
    """Ana has an order on its way and one that came a week ago."""
    return FakeAnalytics(orders_of={"ana": [demo_shop.ON_ITS_WAY, demo_shop.RECEIVED], "ben": []})


def complaints(shop: FakeAnalytics, *columns: str) -> list[tuple[object, ...]]:
    """What was kept."""
    return stored(shop.kept(), "complaints", *columns)


def test_a_late_order_is_apologised_for_and_looked_up(house: RasaHouse, shop: FakeAnalytics) -> None:
    answer = house.talk("ana").says("my delivery is late AGAIN, I am really angry, this is terrible!")
    assert "sorry" in answer.texts[0].lower()
    assert "40251" in answer.text
    assert complaints(shop, "customer_id", "topic", "resolved_at") == [("ana", "late", None)]


def test_what_was_broken_is_reported_without_asking_again(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    answer = talk.says("this is a disgrace, the pizza from order 40200 arrived smashed, I'm furious")
    assert "sorry" in answer.texts[0].lower()
    assert "Shall I report the damage?" in answer.text
    talk.says("yes")
    assert stored(shop.kept(), "order_requests", "kind", "order_id", "reason") == [("problem", "40200", "damaged")]
    assert complaints(shop, "topic") == [("damaged",)]


def test_the_shops_credit_is_given_once(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    first = talk.says("my order is late for the third time, I am so angry, this is the worst shop ever")
    assert "credit of $" in first.text
    again = house.talk("ana").says("the driver was rude to me again, I hate this awful shop so much")
    assert "credit of $" not in again.text
    granted = [row for row in complaints(shop, "customer_id", "goodwill") if row[1]]
    assert len(granted) == 1


@pytest.mark.parametrize("customer_id", [VISITOR, "ben"])
def test_no_credit_without_an_order(house: RasaHouse, shop: FakeAnalytics, customer_id: str | None) -> None:
    answer = house.talk(customer_id).says("my order is late for the third time, I am so angry, worst shop ever")
    assert "credit" not in answer.text
    assert complaints(shop, "goodwill") == [(None,)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("your salad gave my son an allergic reaction, he is in hospital, this is terrible", "health comes first"),
        ("this is unacceptable, you will hear from my lawyer", "in person"),
    ],
)
def test_danger_and_law_go_to_a_person_at_once(house: RasaHouse, text: str, words: str) -> None:
    answer = house.talk("ana").says(text)
    assert words in answer.text
    assert answer.handoff is not None


def test_the_third_outburst_brings_a_person(house: RasaHouse) -> None:
    talk = house.talk(VISITOR)
    assert talk.says("this is terrible service, I am furious!").handoff is None
    assert talk.says("you people are useless, I hate this shop").handoff is None
    assert talk.says("worst shop ever, absolutely disgusting").handoff is not None


@pytest.mark.parametrize("text", ["cancel order 40251", "where is my parcel?", "I'd like a refund for my order please"])
def test_a_calm_request_is_met_without_an_apology_or_a_complaint(
    house: RasaHouse, shop: FakeAnalytics, text: str
) -> None:
    answer = house.talk("ana").says(text)
    assert not answer.texts[0].lower().startswith("i'm sorry")
    assert complaints(shop, "topic") == []


def test_two_orders_alike_are_found(house: RasaHouse, shop: FakeAnalytics) -> None:
    twin = replace(
        demo_shop.ON_ITS_WAY, order_id="40252", placed_at=demo_shop.ON_ITS_WAY.placed_at + timedelta(hours=1)
    )
    shop.orders_of = {"ana": [twin, demo_shop.ON_ITS_WAY]}
    talk = house.talk("ana")
    answer = talk.says("I was charged twice")
    assert "40251" in answer.text
    assert "40252" in answer.text
    assert talk.says("yes").handoff is not None
    assert complaints(shop, "topic", "note") == [("payment", "twice: 40251, 40252")]


def test_a_declined_card_is_helped_with_and_its_number_not_asked_for(house: RasaHouse, shop: FakeAnalytics) -> None:
    answer = house.talk(VISITOR).says("my card keeps getting declined at the checkout")
    assert "talk_to_person" in answer.intents_offered
    assert complaints(shop, "topic", "severity") == [("payment", "minor")]


def test_harm_goes_to_a_person_whatever_was_asked(house: RasaHouse, shop: FakeAnalytics) -> None:
    answer = house.talk("ana").says("there was a piece of glass in my bread roll")
    assert answer.handoff is not None
    assert complaints(shop, "severity", "note") == [("severe", "safety")]


def test_a_calm_complaint_is_listened_to_and_what_follows_is_taken_up(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    assert "listening" in talk.says("I'd like to make a complaint").text
    assert "Shall I report the damage?" in talk.says("the frozen pizza was crushed").text
    talk.says("yes")
    assert stored(shop.kept(), "order_requests", "kind", "reason") == [("problem", "damaged")]
