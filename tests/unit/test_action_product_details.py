"""Questions about a product: what she means by it, and each fact with its own words."""

from __future__ import annotations

import pytest

from actions.action_deny import Deny
from actions.action_product_details import TellProductDetails
from actions.action_search_product import SearchProduct
from actions.wording import OPENING, opening
from analytics.facade import AnalyticsUnavailable
from analytics.records import Product
from tests.support import demo_shop
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation

BREAD = Product(product_id="110", name="White bread", category="Bread", department="Grocery", price=1.25)


@pytest.fixture
def shop() -> FakeAnalytics:
    return FakeAnalytics()


@pytest.fixture
def conversation(shop: FakeAnalytics) -> Conversation:
    return Conversation(
        shop, slots={"shown_products": ["101", "102", "103"], "shown_names": ["Kids cereal", "Decaf coffee", "Pizza"]}
    )


async def asked(conversation: Conversation, text: str, **entities: str):
    return await conversation.meets(TellProductDetails(), text, **entities)


async def test_the_second_one_is_the_second_that_was_shown(conversation: Conversation) -> None:
    said = await asked(conversation, "how much is the second one", aspect="price")
    assert said.names == ["utter_details_price"]
    assert said.always_says("The price of Decaf coffee is $7.50 ($0.62/oz)")


async def test_it_is_what_was_spoken_of_last(conversation: Conversation) -> None:
    await asked(conversation, "tell me more about the last one", aspect="all")
    said = await asked(conversation, "how big is it", aspect="size")
    assert said.always_says("Frozen pizza: the size is 22 oz")


async def test_after_it_the_first_one_still_means_the_list(conversation: Conversation) -> None:
    await asked(conversation, "tell me more about the last one", aspect="all")
    assert (await asked(conversation, "and the first one?", aspect="price")).always_says("Kids cereal")


async def test_that_cereal_is_the_one_with_the_word_in_its_name(conversation: Conversation) -> None:
    said = await asked(conversation, "how much is that cereal", aspect="price", product_query="cereal")
    assert said.always_says("The price of Kids cereal is $2.99")


async def test_a_product_that_was_not_shown_is_looked_for(conversation: Conversation) -> None:
    said = await asked(conversation, "how big is the shampoo", aspect="size", product_query="shampoo")
    assert said.always_says("Mild shampoo: the size is 13 oz")
    assert said.slots["shown_products"] == ["105"]
    assert said.slots["product_in_mind"] == "105"


async def test_a_name_that_may_be_several_products_shows_them(shop: FakeAnalytics) -> None:
    shop.products.append(
        Product(product_id="120", name="Ground coffee", category="Coffee", department="Grocery", price=6)
    )
    said = await Conversation(shop).meets(TellProductDetails(), "how much is coffee", product_query="coffee")
    assert said.names[0] == "utter_details_several_kinds"
    assert [card["id"] for card in said.cards] == ["102", "120"]


async def test_those_are_all_that_were_shown(conversation: Conversation) -> None:
    said = await asked(conversation, "how much are those", aspect="price")
    assert said.names == ["utter_details_several"]
    assert said.always_says("• Frozen pizza, 22 oz: $4.00 ($0.18/oz)")


@pytest.mark.parametrize(
    ("aspect", "response"),
    [
        ("label", "utter_details_several_label"),
        ("brand", "utter_details_several_brands"),
        ("stock", "utter_details_several_in_stock"),
        ("size", "utter_details_several"),
    ],
)
async def test_of_several_what_is_asked_is_told(conversation: Conversation, aspect: str, response: str) -> None:
    assert (await asked(conversation, "and those?", aspect=aspect)).names == [response]


async def test_what_is_sold_out_is_said_to_be_and_never_praised(conversation: Conversation) -> None:
    said = await asked(conversation, "is the ginger tea in stock", aspect="stock", product_query="ginger tea")
    assert said.names == ["utter_details_sold_out"]
    said = await asked(conversation, "how big is it", aspect="size")
    assert said.names == ["utter_details_size", "utter_details_but_sold_out"]


async def test_ingredients_are_not_guessed(conversation: Conversation) -> None:
    said = await asked(conversation, "does the first one contain nuts", aspect="label")
    assert said.names == ["utter_details_label"]
    assert "/talk_to_person" in said.buttons


@pytest.mark.parametrize(
    ("aspect", "response"),
    [("brand", "utter_details_brand_unknown"), ("size", "utter_details_size_unknown"), ("", "utter_details_all")],
)
async def test_what_the_catalogue_does_not_know_is_said(shop: FakeAnalytics, aspect: str, response: str) -> None:
    shop.products.append(BREAD)
    said = await Conversation(shop).meets(TellProductDetails(), aspect=aspect, product_query="bread")
    assert said.names == [response]


async def test_a_price_nobody_knows_is_not_made_up(conversation: Conversation) -> None:
    said = await asked(conversation, "how much is the cheddar", aspect="price", product_query="cheddar")
    assert said.names == ["utter_details_price_unknown"]


async def test_nothing_shown_and_nothing_named_is_asked_back() -> None:
    said = await Conversation(FakeAnalytics()).meets(TellProductDetails(), "how big is it")
    assert said.names == ["utter_details_which"]


async def test_what_the_shop_does_not_have_is_said_with_her_words(conversation: Conversation) -> None:
    said = await asked(conversation, "how much is the chainsaw", product_query="chainsaw")
    assert said.names == ["utter_search_nothing"]
    assert said.always_says("chainsaw")


async def test_a_card_of_long_ago_may_name_what_is_gone(conversation: Conversation) -> None:
    assert (await asked(conversation, "", product_id="999")).names == ["utter_details_gone"]


async def test_somebody_upset_is_answered_all_the_same(conversation: Conversation) -> None:
    said = await conversation.meets(
        TellProductDetails(), "how much is the damn pizza", sentiment=UPSET, aspect="price", product_query="pizza"
    )
    assert said.names == ["utter_apologise_first", "utter_details_price"]


async def test_a_new_list_takes_the_place_of_what_was_in_mind(conversation: Conversation) -> None:
    await asked(conversation, "tell me more about the last one", aspect="all")
    await conversation.meets(SearchProduct(), "do you have yogurt", product_query="yogurt")
    assert (await asked(conversation, "how much is it", aspect="price")).always_says(
        "The price of Greek yogurt is $1.25"
    )


async def test_the_database_away_is_told_in_one_line(conversation: Conversation, shop: FakeAnalytics) -> None:
    shop.down = True
    assert (await asked(conversation, "how much is the first one")).names == ["utter_analytics_unavailable"]
    with pytest.raises(AnalyticsUnavailable):
        shop.product_facts([demo_shop.CEREAL.product_id])


async def test_not_that_the_cereal_is_the_cereal(conversation: Conversation) -> None:
    said = await conversation.meets(Deny(), "no not that, the kids cereal")
    assert said.names == ["utter_details_all"]
    assert said.slots["product_in_mind"] == "101"


@pytest.mark.parametrize("text", ["no", "no thanks, not the cereal", "not that", "no, not that, the weather is awful"])
async def test_a_no_is_only_a_no(conversation: Conversation, text: str) -> None:
    assert (await conversation.meets(Deny(), text)).names == ["utter_deny_all_right"]


async def test_what_the_shop_tells_of_a_product_is_told_with_its_facts_and_not_of_a_single_fact(
    shop: FakeAnalytics, conversation: Conversation
) -> None:
    shop.descriptions["102"] = "Roasted {slowly} & <b>dark</b>. For the evening."
    said = await asked(conversation, "tell me more about the second one", aspect="all")
    assert said.names == ["utter_details_described"]
    assert said.always_says("Roasted {slowly} & <b>dark</b>. For the evening.")
    assert said.always_says("Price: $7.50")
    assert (await asked(conversation, "how much is it", aspect="price")).names == ["utter_details_price"]


@pytest.mark.parametrize(
    ("prose", "told"),
    [
        ("Short.", "Short."),
        ("One sentence. " * 40, ("One sentence. " * (240 // 14)).rstrip()),
        ("A word, " * 60, "A word, " * 29 + "A word…"),
        ("Costs 2.50 a piece " * 20, ("Costs 2.50 a piece " * 12 + "Costs 2.50…")),
        ("x" * 300, "x" * 240 + "…"),
    ],
)
def test_of_a_long_description_the_first_sentences_are_told(prose: str, told: str) -> None:
    assert opening(prose) == told
    assert len(opening(prose)) <= OPENING + 1
