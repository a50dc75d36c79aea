"""Something instead of a product, something beside it: never what she refused, always with the reason."""

from __future__ import annotations

import pytest

from actions.action_find_substitute import FindSubstitute
from actions.action_goes_with import GoesWith
from analytics.records import Product
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation


def cereal(product_id: str, name: str, price: float, in_stock: bool = True) -> Product:
    return Product(
        product_id=product_id, name=f"{name}, 12 oz", category="Cold cereal", department="Grocery", size="12 oz",
        price=price, in_stock=in_stock,
    )  # fmt: skip


@pytest.fixture
def shop() -> FakeAnalytics:
    shop = FakeAnalytics()
    shop.products += [cereal("201", "Granola cereal", 2.0), cereal("202", "Corn cereal", 2.2), cereal("203", "Oats", 9)]
    return shop


@pytest.fixture
def conversation(shop: FakeAnalytics) -> Conversation:
    return Conversation(shop, "ana")


async def test_the_like_of_a_named_product_is_shown_with_its_reason(conversation: Conversation) -> None:
    said = await conversation.meets(FindSubstitute(), "what can i take instead of cereal", product_query="kids cereal")
    assert said.names[0] == "utter_substitute_found"
    assert said.always_says("Kids cereal")
    assert len(said.cards) == 3
    assert "also from Cold cereal" in said.cards[0]["reason"]
    assert said.data["decision"]["kind"] == "recommendation"


async def test_cheaper_ones_cost_less(conversation: Conversation) -> None:
    said = await conversation.meets(FindSubstitute(), "like kids cereal but cheaper", product_query="kids cereal")
    assert said.names[0] == "utter_substitute_cheaper"
    assert {card["id"] for card in said.cards} == {"202", "201"}


async def test_what_is_the_cheapest_already_is_said_to_be(conversation: Conversation) -> None:
    said = await conversation.meets(FindSubstitute(), "anything cheaper than this yogurt", product_query="yogurt")
    assert said.names == ["utter_substitute_none_cheaper"]


async def test_what_she_refused_is_not_suggested_again(conversation: Conversation) -> None:
    conversation.slots["refused_products"] = ["201"]
    said = await conversation.meets(FindSubstitute(), "cheaper than kids cereal", product_query="kids cereal")
    assert [card["id"] for card in said.cards] == ["202"]


async def test_sold_out_is_said_before_something_else_is_shown(conversation: Conversation, shop: FakeAnalytics) -> None:
    shop.products.append(cereal("204", "Barley flakes", 3, in_stock=False))
    said = await conversation.meets(FindSubstitute(), "/find_substitute", product_id="204")
    assert said.names[0] == "utter_substitute_sold_out"


async def test_something_similar_is_similar_to_what_was_spoken_of(conversation: Conversation) -> None:
    conversation.slots |= {
        "shown_products": ["102", "101"], "shown_names": ["Decaf coffee", "Kids cereal"], "product_in_mind": "101"
    }  # fmt: skip
    said = await conversation.meets(FindSubstitute(), "is there something like it")
    assert said.always_says("Kids cereal")


async def test_cheaper_than_all_that_was_shown_is_cheaper_than_the_cheapest(conversation: Conversation) -> None:
    conversation.slots |= {"shown_products": ["203", "202"], "shown_names": ["Oats", "Corn cereal"]}
    said = await conversation.meets(FindSubstitute(), "do you have a cheaper one?")
    assert [card["id"] for card in said.cards] == ["201"]


async def test_without_a_product_it_is_asked_for(conversation: Conversation) -> None:
    assert (await conversation.meets(FindSubstitute(), "something instead")).names == ["utter_substitute_which"]
    assert (await conversation.meets(FindSubstitute(), "something similar")).names == ["utter_alike_which"]
    assert (await conversation.meets(GoesWith(), "what goes with it")).names == ["utter_goes_with_which"]


async def test_an_unknown_product_is_said(conversation: Conversation) -> None:
    for action in (FindSubstitute(), GoesWith()):
        said = await conversation.meets(action, "chainsaw?", product_query="chainsaw")
        assert said.names == ["utter_search_nothing"]


async def test_what_goes_with_it_is_shown_in_stock_and_with_its_figures(conversation: Conversation) -> None:
    said = await conversation.meets(GoesWith(), "what goes with kids cereal", product_query="kids cereal")
    assert said.names[0] == "utter_goes_with_found"
    assert [card["id"] for card in said.cards] == ["104", "102"], "ginger tea is sold out"
    assert "3 in 10 baskets" in said.cards[0]["reason"]
    assert said.slots["shown_products"] == ["104", "102"]


async def test_of_two_names_the_one_it_is_to_go_with_counts(conversation: Conversation, shop: FakeAnalytics) -> None:
    shop.companions = {"104": ("102",)}
    for text, first, second in (
        ("which pizza goes with yogurt", "pizza", "yogurt"),
        ("i have yogurt, which pizza goes with it", "yogurt", "pizza"),
    ):
        conversation.events.clear()
        said = await both(conversation, text, first, second)
        assert said.always_says("yogurt"), text


async def both(conversation: Conversation, text: str, *queries: str):
    """Meet the action with several names, as a message may hold."""
    return await conversation.meets(GoesWith(), text, product_query=list(queries))


async def test_nothing_known_is_admitted(conversation: Conversation) -> None:
    said = await conversation.meets(GoesWith(), "what goes with shampoo", product_query="shampoo")
    assert said.names == ["utter_goes_with_none"]


async def test_somebody_upset_hears_sorry_first(conversation: Conversation) -> None:
    said = await conversation.meets(
        FindSubstitute(), "sold out again!!! what instead of cereal", sentiment=UPSET, product_query="kids cereal"
    )
    assert said.names[:2] == ["utter_apologise_first", "utter_substitute_found"]


async def test_instead_of_asks_for_the_like_of_it_also_where_it_is_read_as_what_goes_with_it(
    conversation: Conversation,
) -> None:
    said = await conversation.meets(GoesWith(), "what can i take instead of granola cereal?", product_query="granola")
    assert "substitute" in said.names[0]
