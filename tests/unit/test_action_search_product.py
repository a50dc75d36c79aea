"""Product search: cards for what was found, an honest word for what was not."""

from __future__ import annotations

import pytest

from actions.action_search_product import SearchProduct
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import Conversation


@pytest.fixture
def conversation() -> Conversation:
    return Conversation(FakeAnalytics())


async def test_what_was_found_is_shown_as_cards(conversation: Conversation) -> None:
    said = await conversation.meets(SearchProduct(), "do you have decaf coffee?", product_query="decaf coffee")
    assert said.always_says("decaf coffee")
    assert [(card["title"], card["price"]) for card in said.cards] == [("Decaf coffee, 12 oz", "$7.50")]
    assert said.slots["shown_products"] == ["102"]


async def test_without_an_entity_the_whole_message_is_searched(conversation: Conversation) -> None:
    said = await conversation.meets(SearchProduct(), "frozen pizza")
    assert [card["id"] for card in said.cards] == ["103"]


async def test_nothing_found_is_said_with_the_words_she_used(conversation: Conversation) -> None:
    said = await conversation.meets(SearchProduct(), "do you have skis?", product_query="skis")
    assert said.names == ["utter_search_nothing"]
    assert said.always_says("skis")
    assert said.data["unmet"] == ["skis"]


async def test_a_question_without_a_product_is_asked_back(conversation: Conversation) -> None:
    assert (await conversation.meets(SearchProduct(), "/search_product")).names == ["utter_search_what"]
    assert (await conversation.meets(SearchProduct(), "can you look something up")).names == ["utter_search_what"]


async def test_what_is_sold_out_is_shown_as_such(conversation: Conversation) -> None:
    said = await conversation.meets(SearchProduct(), "got ginger tea?", product_query="ginger tea")
    assert said.names == ["utter_search_sold_out", "utter_card_sold_out"]
    assert said.cards[0]["subtitle"] == "Tea, sold out just now"


async def test_braces_in_a_query_are_only_text(conversation: Conversation) -> None:
    said = await conversation.meets(SearchProduct(), "got {skis}?", product_query="{skis}")
    assert said.always_says("skis")


async def test_words_that_point_at_what_was_shown_are_no_search(conversation: Conversation) -> None:
    await conversation.meets(SearchProduct(), "do you have decaf coffee", product_query="decaf coffee")
    said = await conversation.meets(SearchProduct(), "have you got that one")
    assert said.always_says("Decaf coffee, in stock")


async def test_two_things_are_looked_for_one_by_one(conversation: Conversation) -> None:
    said = await conversation.meets(SearchProduct(), "pizza and yogurt", product_query=["pizza", "yogurt"])
    assert said.names == ["utter_search_found", "utter_card_found", "utter_card_found"]
    assert said.always_says("pizza and yogurt")
    assert [card["id"] for card in said.cards] == ["103", "104"]
    assert said.slots["shown_products"] == ["103", "104"]


async def test_of_two_things_the_one_that_is_not_there_is_named(conversation: Conversation) -> None:
    said = await conversation.meets(SearchProduct(), "pizza and skis", product_query=["pizza", "skis"])
    assert said.names == ["utter_search_found", "utter_card_found", "utter_search_but_not"]
    assert said.always_says("I couldn't find skis")


async def test_two_words_of_one_thing_are_one_thing(conversation: Conversation) -> None:
    said = await conversation.meets(SearchProduct(), "kids and cereal", product_query=["kids", "cereal"])
    assert [card["id"] for card in said.cards] == ["101"]
    assert said.always_says("kids and cereal")


async def test_nothing_of_several_things_is_said_once(conversation: Conversation) -> None:
    said = await conversation.meets(SearchProduct(), "skis and sledges", product_query=["skis", "sledges"])
    assert said.names == ["utter_search_nothing"]


async def test_a_price_is_kept_to(conversation: Conversation) -> None:
    said = await conversation.meets(SearchProduct(), "pizza under $5", product_query="pizza under $5")
    assert said.names[0] == "utter_search_up_to"
    assert said.always_says("pizza up to $5.00")
    assert [card["id"] for card in said.cards] == ["103"]


async def test_what_costs_more_is_said_to_and_shown(conversation: Conversation) -> None:
    said = await conversation.meets(SearchProduct(), "coffee under $3", product_query="coffee under $3")
    assert said.names == ["utter_search_not_at_price", "utter_card_found"]


async def test_the_cheapest_comes_first(conversation: Conversation) -> None:
    said = await conversation.meets(SearchProduct(), "cheapest tea or coffee", product_query="cheapest coffee")
    assert said.names[0] == "utter_search_cheapest"
    assert said.always_says("coffee")


async def test_a_price_without_a_thing_is_asked_about(conversation: Conversation) -> None:
    assert (await conversation.meets(SearchProduct(), "under $3")).names == ["utter_search_what"]
