"""The shopping list: things by name and by pointing, off again, shown, emptied after a yes."""

from __future__ import annotations

import pytest

from actions.action_affirm import Affirm
from actions.action_deny import Deny
from actions.action_fallback import Fallback
from actions.action_search_product import SearchProduct
from actions.action_shopping_list import KeepShoppingList
from tests.support.fake_analytics import FakeAnalytics
from tests.support.order_store import stored
from tests.support.said import Conversation

LIST = KeepShoppingList()


@pytest.fixture
def ana() -> Conversation:
    return Conversation(FakeAnalytics(), "ana")


def kept(conversation: Conversation, *columns: str) -> list[tuple[object, ...]]:
    return stored(conversation.analytics.kept(), "shopping_items", *(columns or ("owner", "name", "product_id")))


async def test_things_are_put_on_her_list_in_her_words_linked_where_the_product_is_plain(ana: Conversation) -> None:
    said = await ana.meets(LIST, "put 2 decaf coffee and birthday candles on my list", intent="add_to_list")
    assert said.always_says("decaf coffee and birthday candles")
    assert kept(ana, "owner", "name", "product_id", "quantity") == [
        ("customer:ana", "birthday candles", None, 1),
        ("customer:ana", "decaf coffee", "102", 2),
    ]
    shown = await ana.meets(LIST, "what's on my list", intent="show_list")
    assert shown.always_says("• 2 × decaf coffee (Decaf coffee, $7.50)\n• birthday candles")


async def test_a_thing_that_only_resembles_a_product_stays_free_text(ana: Conversation) -> None:
    await ana.meets(LIST, "add coffee filters to my list", intent="add_to_list")
    assert kept(ana) == [("customer:ana", "coffee filters", None)]


async def test_the_second_one_is_of_what_was_shown(ana: Conversation) -> None:
    ana.slots = {"shown_products": ["101", "102"], "shown_names": ["Kids cereal", "Decaf coffee"]}
    await ana.meets(LIST, "add the second one to my list", intent="add_to_list")
    assert kept(ana) == [("customer:ana", "decaf coffee", "102")]
    await ana.meets(LIST, "and add both", intent="add_to_list")
    assert kept(ana, "product_id") == [("101",), ("102",)]


async def test_a_card_puts_its_product_on_the_list(ana: Conversation) -> None:
    found = await ana.meets(SearchProduct(), "frozen pizza", product_query="frozen pizza")
    assert found.cards[0]["quick_replies"][0]["payload"] == '/add_to_list{"product_id": "103"}'
    await ana.meets(LIST, '/add_to_list{"product_id": "103"}', intent="add_to_list", product_id="103")
    assert kept(ana) == [("customer:ana", "frozen pizza", "103")]


async def test_it_with_several_shown_is_asked_about(ana: Conversation) -> None:
    ana.slots = {"shown_products": ["101", "102"], "shown_names": ["Kids cereal", "Decaf coffee"]}
    assert (await ana.meets(LIST, "put it on my list", intent="add_to_list")).names == ["utter_list_what"]


async def test_what_was_asked_for_is_taken_from_the_next_message(ana: Conversation) -> None:
    asked = await ana.meets(LIST, "add something to my list", intent="add_to_list")
    assert asked.names == ["utter_list_what"]
    said = await ana.meets(Fallback(), "oat milk, 3 bananas", intent="nlu_fallback")
    assert said.names == ["utter_list_added"]
    assert kept(ana, "name", "quantity") == [("bananas", 3), ("oat milk", 1)]


async def test_what_is_on_it_already_stays_once(ana: Conversation) -> None:
    await ana.meets(LIST, "add milk to my list", intent="add_to_list")
    said = await ana.meets(LIST, "add Milk to my list", intent="add_to_list")
    assert said.names == ["utter_list_already"]
    assert kept(ana) == [("customer:ana", "milk", None)]


async def test_things_are_taken_off_by_name_and_what_is_not_there_is_shown(ana: Conversation) -> None:
    await ana.meets(LIST, "add oat milk and tomatoes to my list", intent="add_to_list")
    said = await ana.meets(LIST, "take the milk off my list", intent="remove_from_list")
    assert said.always_says("oat milk")
    missed = await ana.meets(LIST, "remove the rum from my list", intent="remove_from_list")
    assert missed.names == ["utter_list_not_on_it"]
    assert missed.always_says("tomatoes")
    assert kept(ana) == [("customer:ana", "tomatoes", None)]


async def test_a_list_is_emptied_only_after_a_yes(ana: Conversation) -> None:
    await ana.meets(LIST, "add milk and eggs to my list", intent="add_to_list")
    asked = await ana.meets(LIST, "clear my shopping list", intent="remove_from_list")
    assert asked.names == ["utter_list_clear_confirm"]
    await ana.meets(Deny(), "no", intent="deny")
    await ana.meets(Affirm(), "yes", intent="affirm")
    assert len(kept(ana)) == 2
    await ana.meets(LIST, "clear my shopping list", intent="remove_from_list")
    assert (await ana.meets(Affirm(), "yes", intent="affirm")).names == ["utter_list_cleared"]
    assert kept(ana) == []
    assert (await ana.meets(LIST, "clear my list", intent="remove_from_list")).names == ["utter_list_empty"]


async def test_a_visitors_list_belongs_to_her_chat_and_she_is_told_so() -> None:
    visitor = Conversation(FakeAnalytics())
    said = await visitor.meets(LIST, "put milk on my list", intent="add_to_list")
    assert said.names == ["utter_list_added", "utter_list_visitor"]
    assert kept(visitor) == [("conversation:c", "milk", None)]


async def test_a_list_has_an_end(ana: Conversation) -> None:
    for start in range(0, 100, 20):
        things = ", ".join(f"thing{chr(97 + start // 20)}{chr(97 + n)}" for n in range(20))
        await ana.meets(LIST, f"add {things} to my list", intent="add_to_list")
    said = await ana.meets(LIST, "add salt to my list", intent="add_to_list")
    assert said.names == ["utter_list_full"]
    assert len(kept(ana)) == 100
