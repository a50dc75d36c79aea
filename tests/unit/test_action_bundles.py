"""A bundle in the chat: told with its price, taken by a word, ordered at the price that was told."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, update

from actions.action_affirm import Affirm
from actions.action_change_items import ChangeItems
from actions.action_explain_recommendation import ExplainRecommendation
from actions.action_goes_with import GoesWith
from actions.action_offer import MakeOffer
from actions.action_shopping_list import KeepShoppingList
from actions.bundle_reading import asks_for_bundle, takes_bundle
from analytics.ordering_records import OrderingPolicy
from analytics.recommendation_records import BundlePolicy
from store.tables import products
from tests.support import demo_shop
from tests.support.fake_analytics import FakeAnalytics
from tests.support.order_store import stored
from tests.support.said import UPSET, Conversation, Said

#: Cereal 2.99, yogurt 1.25 and decaf 7.50; a tenth off, rounded up to the cent.
SUM, TOGETHER, SAVING = "$11.74", "$10.57", "$1.17"


@pytest.fixture
def shop() -> FakeAnalytics:
    shop = FakeAnalytics(bundles=BundlePolicy(percent_off=10))
    with shop.kept().write() as connection:
        values = {
            key: getattr(demo_shop.YOGURT, key) for key in ("product_id", "name", "category", "department", "price")
        }
        connection.execute(insert(products).values(**values, size="6 oz", times_sold=1, in_stock=True))
    return shop


@pytest.fixture
def ana(shop: FakeAnalytics) -> Conversation:
    return Conversation(shop, "ana")


async def asks(talk: Conversation, sentiment: float = 0.0) -> Said:
    return await talk.meets(
        GoesWith(), "what goes with kids cereal", intent="goes_with", sentiment=sentiment, product_query="kids cereal"
    )


async def takes(talk: Conversation) -> Said:
    return await talk.meets(GoesWith(), "/goes_with", intent="goes_with", mode="take")


async def yes(talk: Conversation) -> Said:
    return await talk.meets(Affirm(), "yes please", intent="affirm")


def costs(shop: FakeAnalytics, product_id: str, price: float) -> None:
    """Give a product another price, on the shelf and in the store that takes orders."""
    shop.products = [
        one if one.product_id != product_id else type(one)(**{**_fields(one), "price": price}) for one in shop.products
    ]
    with shop.kept().write() as connection:
        connection.execute(update(products).where(products.c.product_id == product_id).values(price=price))


def _fields(product: Any) -> dict[str, Any]:
    return {name: getattr(product, name) for name in product.__slots__}


def placed_orders(shop: FakeAnalytics) -> list[tuple[Any, ...]]:
    numbers = {row[0] for row in stored(shop.kept(), "placed_orders", "order_id")}
    return [row[1:] for row in stored(shop.kept(), "orders", "order_id", "total", "discount") if row[0] in numbers]


async def test_the_bundle_is_told_with_both_prices_and_written_down(ana: Conversation) -> None:
    said = await asks(ana)
    assert said.names[-1] == "utter_bundle_price"
    assert said.always_says(f"Kids cereal, Greek yogurt and Decaf coffee together: {TOGETHER} instead of {SUM}")
    assert said.data["decision"]["rule"] == "bundle"
    assert said.data["decision"]["candidates"][-1]["product_ids"] == ["101", "104", "102"]


async def test_what_was_told_is_what_the_order_costs(shop: FakeAnalytics, ana: Conversation) -> None:
    await asks(ana)
    said = await takes(ana)
    assert said.names == ["utter_reorder_confirm"]
    assert said.always_says(f"Bundle price: -{SAVING}")
    assert said.always_says(f"Together {TOGETHER}")
    said = await yes(ana)
    assert said.names == ["utter_reorder_done", "utter_bundle_ordered"]
    assert said.always_says(SAVING)
    assert placed_orders(shop) == [(10.57, 1.17)]


async def test_a_yes_takes_it_and_so_do_her_own_words(ana: Conversation) -> None:
    await asks(ana)
    assert (await yes(ana)).names == ["utter_reorder_confirm"]
    other = Conversation(ana.analytics, "ana")
    await asks(other)
    assert (await other.meets(MakeOffer(), "ok, i'll take the bundle", intent="ask_offers")).names == [
        "utter_reorder_confirm"
    ]


async def test_do_you_have_a_bundle_with_that_asks_for_it(ana: Conversation) -> None:
    ana.slots |= {"shown_products": ["101"], "shown_names": ["Kids cereal"], "product_in_mind": "101"}
    said = await ana.meets(MakeOffer(), "do you have a bundle with that?", intent="ask_offers")
    assert said.names[-1] == "utter_bundle_price"
    said = await ana.meets(MakeOffer(), "any deals for me?", intent="ask_offers")
    assert "utter_bundle_price" not in said.names


@pytest.mark.parametrize(
    "text",
    [
        "any bundles?", "is there a bundle with cereal", "which bundles do you have", "bundle for the second one?",
        "can you bundle it with something", "is it cheaper if I buy them together", "what do they cost together",
        "do you sell them as a set", "what's the bundle price", "do I save something if I take them together",
    ],
)  # fmt: skip
def test_these_words_ask_for_a_bundle(text: str) -> None:
    assert asks_for_bundle(text)


@pytest.mark.parametrize("text", ["a combo pizza", "lunch set for kids", "any deals?", "what goes with spaghetti"])
def test_these_do_not(text: str) -> None:
    assert not asks_for_bundle(text)


@pytest.mark.parametrize("text", ["I'll take it", "we'd like both", "ok, I want all of them", "take them"])
async def test_it_is_the_bundle_where_that_was_just_told(ana: Conversation, text: str) -> None:
    assert not takes_bundle(text)
    await asks(ana)
    assert (await ana.meets(MakeOffer(), text, intent="nlu_fallback")).names == ["utter_reorder_confirm"]


@pytest.mark.parametrize("text", ["do you like it?", "I don't want it", "what if I take both"])
def test_a_question_or_a_no_takes_nothing(text: str) -> None:
    assert not takes_bundle(text, told_just_now=True)


async def test_why_the_things_beside_it_leaves_the_bundle_open(ana: Conversation) -> None:
    await asks(ana)
    await ana.meets(ExplainRecommendation(), "why the first one?", intent="explain_recommendation")
    assert (await ana.meets(MakeOffer(), "I'll take it", intent="nlu_fallback")).names == ["utter_reorder_confirm"]


async def test_without_one_of_them_it_is_no_bundle(shop: FakeAnalytics, ana: Conversation) -> None:
    await asks(ana)
    await takes(ana)
    said = await ana.meets(ChangeItems(), "without the coffee", intent="change_items")
    assert said.always_says("Together $4.24"), "2.99 + 1.25"
    await yes(ana)
    assert placed_orders(shop) == [(4.24, 0.0)]


async def test_another_price_is_told_before_anything_is_ordered(shop: FakeAnalytics, ana: Conversation) -> None:
    await asks(ana)
    await takes(ana)
    costs(shop, "104", 2.25)
    said = await yes(ana)
    assert said.names == ["utter_reorder_changed", "utter_bundle_changed", "utter_reorder_confirm"]
    assert said.always_says("Together $11.47"), "nine tenths of 12.74, rounded up"
    assert placed_orders(shop) == []
    await yes(ana)
    assert placed_orders(shop) == [(11.47, 1.27)]


async def test_a_price_holds_when_the_shop_gives_less_off_by_now(shop: FakeAnalytics, ana: Conversation) -> None:
    await asks(ana)
    shop.bundles = BundlePolicy(percent_off=5)
    assert (await takes(ana)).always_says(f"Together {TOGETHER}")


async def test_after_its_time_todays_price_is_told(shop: FakeAnalytics, ana: Conversation) -> None:
    await asks(ana)
    ana.slots["bundle_told"]["until"] = 0.0
    shop.bundles = BundlePolicy()
    said = await takes(ana)
    assert said.names == ["utter_bundle_over", "utter_reorder_confirm"]
    assert said.always_says(f"Together {SUM}")


async def test_nothing_is_promised_where_no_order_can_be_placed_at_it(shop: FakeAnalytics, ana: Conversation) -> None:
    shop.sells_bundles, shop.ordering = False, OrderingPolicy()
    said = await asks(ana)
    assert said.names[-1] == "utter_bundle_plain"
    assert said.always_says(SUM)
    assert not any("instead" in text for texts in said.texts for text in texts)
    assert (await takes(ana)).names == ["utter_list_added"]


async def test_a_visitor_is_told_whom_it_is_for(shop: FakeAnalytics) -> None:
    visitor = Conversation(shop)
    said = await asks(visitor)
    assert said.names[-1] == "utter_bundle_price_visitor"
    assert (await takes(visitor)).names == ["utter_list_added", "utter_list_visitor", "utter_bundle_listed"]


async def test_to_somebody_upset_none_is_offered(ana: Conversation) -> None:
    said = await asks(ana, sentiment=UPSET)
    assert not any(name.startswith("utter_bundle") for name in said.names)
    assert said.data["decision"]["rule"] == "bundle_withheld_mood"


async def test_why_these_is_answered_with_the_figures(ana: Conversation) -> None:
    await asks(ana)
    said = await ana.meets(GoesWith(), "/goes_with", intent="goes_with", mode="why")
    assert said.names == ["utter_bundle_why"]
    assert said.always_says("3 in 10 baskets")


async def test_taking_what_was_never_told_asks_for_a_product(ana: Conversation) -> None:
    assert (await takes(ana)).names == ["utter_bundle_which"]


async def lists(talk: Conversation, sentiment: float = 0.0) -> Said:
    return await talk.meets(
        KeepShoppingList(), "put it on my list", intent="add_to_list", sentiment=sentiment, product_id="101"
    )


async def test_beside_what_she_chose_a_bundle_is_offered_once(ana: Conversation) -> None:
    said = await lists(ana)
    assert said.names == ["utter_list_added", "utter_bundle_price"]
    assert said.data["decision"]["chosen"] == "104,102"
    assert "utter_bundle_price" not in (await lists(ana)).names


async def test_unasked_none_is_offered_that_saves_nothing(shop: FakeAnalytics, ana: Conversation) -> None:
    shop.bundles = BundlePolicy()
    assert (await lists(ana)).names == ["utter_list_added"]


async def test_unasked_none_is_offered_to_somebody_upset_or_who_wants_no_offers(
    shop: FakeAnalytics, ana: Conversation
) -> None:
    assert "utter_bundle_price" not in (await lists(ana, sentiment=UPSET)).names
    shop.account_service().decide("ana", {"chat_offers": False}, "k")
    said = await lists(ana)
    assert "utter_bundle_price" not in said.names
    assert said.data["decision"]["withheld"] == "opted_out"
    assert (await asks(ana)).data["decision"]["rule"] == "bundle_withheld_opted_out"


async def test_who_wants_no_offers_is_told_of_a_bundle_when_she_asks_for_one(
    shop: FakeAnalytics, ana: Conversation
) -> None:
    shop.account_service().decide("ana", {"chat_offers": False}, "k")
    ana.slots |= {"shown_products": ["101"], "shown_names": ["Kids cereal"], "product_in_mind": "101"}
    said = await ana.meets(MakeOffer(), "do you have a bundle with that?", intent="ask_offers")
    assert said.names[-1] == "utter_bundle_price"
