"""Greetings: by what is known of her."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.action_greet import Greet
from actions.action_offer import MakeOffer
from analytics.records import DialogueProfile
from tests.support import demo_shop
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation, payload_of


@pytest.fixture
def shop() -> FakeAnalytics:
    return FakeAnalytics()


async def test_a_visitor_is_welcomed_to_the_shop_by_its_name(shop: FakeAnalytics) -> None:
    said = await Conversation(shop).meets(Greet(), "hello")
    assert said.always_says("The Corner Shop")


async def test_a_customer_with_an_order_on_its_way_hears_of_it(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(Greet(), "hello")
    assert said.always_says("Ana")
    assert said.always_says("3 May")
    assert said.always_says("on its way")
    assert said.slots == {"open_question": "order"}


async def test_a_customer_whose_order_has_come_hears_of_it_but_not_aloud_what_was_in_it(shop: FakeAnalytics) -> None:
    shop.orders_of["ana"] = [demo_shop.DELIVERED]
    said = await Conversation(shop, "ana").meets(Greet(), "hello")
    assert said.always_says("20 April")
    assert "shampoo" not in str(said.texts)


async def test_last_times_topic_is_taken_up(shop: FakeAnalytics) -> None:
    shop.profiles["ben"] = DialogueProfile(customer_id="ben", last_topic="ask_returns", turns=2)
    said = await Conversation(shop, "ben").meets(Greet(), "hello")
    assert said.names == ["utter_greet_topic_return"]
    assert said.always_says("Ben")


async def test_a_customer_who_left_unhappy_is_asked_whether_it_is_sorted_and_sold_nothing(shop: FakeAnalytics) -> None:
    shop.profiles["ana"] = DialogueProfile(customer_id="ana", sentiment=-0.6, turns=2)
    said = await Conversation(shop, "ana").meets(Greet(), "hello")
    assert said.names == ["utter_greet_after_trouble"]
    assert {payload_of(button)[0] for button in said.buttons}.isdisjoint({"recommend", "ask_offers"})


async def test_a_customer_without_history_or_name_is_greeted_all_the_same(shop: FakeAnalytics) -> None:
    shop.names["ben"] = None
    said = await Conversation(shop, "ben").meets(Greet(), "hello")
    assert said.always_says("Hello! ")


async def test_an_unknown_customer_id_is_greeted_like_a_visitor(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "nobody").meets(Greet(), "hello")
    assert said.names == ["utter_greet_visitor"]


async def test_a_second_hello_is_not_a_second_introduction(shop: FakeAnalytics) -> None:
    conversation = Conversation(shop, "ana")
    await conversation.meets(MakeOffer(), "any offers?")
    assert (await conversation.meets(Greet(), "hello")).names == ["utter_greet_again"]


async def test_an_upset_hello_gets_help_and_no_sale(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(Greet(), "hello, I am furious", sentiment=UPSET)
    assert said.names == ["utter_greet_upset"]
    assert {payload_of(button)[0] for button in said.buttons}.isdisjoint({"recommend", "ask_offers"})


async def test_an_order_being_prepared_is_named(shop: FakeAnalytics) -> None:
    shop.orders_of["ana"] = [replace(demo_shop.ON_ITS_WAY, state="being_prepared")]
    said = await Conversation(shop, "ana").meets(Greet(), "hello")
    assert said.always_says("being prepared")
