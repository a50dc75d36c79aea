"""Orders: what she bought last, and where an order is; only ever her own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.action_last_order import TellLastOrder
from actions.action_track_order import TrackOrder
from analytics.records import OrderLine, OrderState
from tests.support import demo_shop
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation


@pytest.fixture
def shop() -> FakeAnalytics:
    return FakeAnalytics()


async def test_the_last_order_is_told_with_date_products_and_total(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(TellLastOrder(), "what did I buy last time?")
    assert said.always_says("3 May")
    assert said.always_says("you bought Kids cereal, Decaf coffee and Frozen pizza. ")
    assert said.always_says("$12.49")


async def test_a_long_order_names_five_products_and_counts_the_rest(shop: FakeAnalytics) -> None:
    lines = tuple(OrderLine(product=product, quantity=1, amount=1.0) for product in demo_shop.PRODUCTS)
    shop.orders_of["ana"] = [replace(demo_shop.ON_ITS_WAY, lines=lines)]
    said = await Conversation(shop, "ana").meets(TellLastOrder(), "what did I buy last time?")
    assert said.always_says(f"and {7 - 5} more")


async def test_a_product_bought_twice_in_one_order_is_named_once(shop: FakeAnalytics) -> None:
    line = OrderLine(product=demo_shop.CEREAL, quantity=1, amount=2.99)
    shop.orders_of["ana"] = [replace(demo_shop.ON_ITS_WAY, lines=(line, line))]
    said = await Conversation(shop, "ana").meets(TellLastOrder(), "what did I buy last time?")
    assert said.always_says("you bought Kids cereal. ")


async def test_an_order_without_lines_is_told_by_its_total(shop: FakeAnalytics) -> None:
    shop.orders_of["ana"] = [replace(demo_shop.ON_ITS_WAY, lines=())]
    said = await Conversation(shop, "ana").meets(TellLastOrder(), "what did I buy last time?")
    assert said.names == ["utter_last_order_without_lines"]


@pytest.mark.parametrize("action", [TellLastOrder(), TrackOrder()])
async def test_a_visitor_is_asked_to_sign_in_and_nothing_is_looked_up(
    shop: FakeAnalytics, action: TellLastOrder | TrackOrder
) -> None:
    said = await Conversation(shop).meets(action, "my order?")
    assert said.always_says("sign in")
    assert set(shop.asked) <= {"shop"}


@pytest.mark.parametrize("action", [TellLastOrder(), TrackOrder()])
async def test_a_customer_who_never_ordered_is_told_so(shop: FakeAnalytics, action: TellLastOrder | TrackOrder) -> None:
    said = await Conversation(shop, "ben").meets(action, "my order?")
    assert said.names[0].endswith("_none")


async def test_the_latest_order_is_tracked_and_an_estimate_says_that_it_is_one(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(TrackOrder(), "where is my order?")
    for words in ("40251", "on its way", "5 May", "no live status"):
        assert said.always_says(words)


async def test_an_order_is_tracked_by_its_number(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(TrackOrder(), "where is order 40100?", order_id="40100")
    assert said.always_says("was delivered on 22 April")


async def test_somebody_elses_order_is_as_unknown_as_none(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ben").meets(TrackOrder(), "where is order 40251?", order_id="40251")
    assert said.names == ["utter_track_order_unknown"]
    assert said.always_says("40251")


@pytest.mark.parametrize("state", ["being_prepared", "on_its_way", "delivered", "cancelled", "returned"])
@pytest.mark.parametrize("estimated", [True, False])
@pytest.mark.parametrize("dated", [True, False])
async def test_every_state_has_its_words(shop: FakeAnalytics, state: OrderState, estimated: bool, dated: bool) -> None:
    expected = demo_shop.ON_ITS_WAY.expected_at if dated else None
    order = replace(demo_shop.ON_ITS_WAY, state=state, estimated=estimated, expected_at=expected)
    shop.orders_of["ana"] = [order]
    said = await Conversation(shop, "ana").meets(TrackOrder(), "where is my order?")
    assert said.always_says("40251")
    assert said.always_says("usual times") == (estimated and dated and state not in ("cancelled", "returned"))


async def test_an_upset_customer_hears_sorry_before_the_answer(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(TrackOrder(), "where the hell is my order", sentiment=UPSET)
    assert said.names == ["utter_apologise_first", "utter_track_order_on_its_way_estimated"]
