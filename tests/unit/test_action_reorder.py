"""The same again: nothing without an explicit yes, at today's prices, and once."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, update

from actions.action_affirm import Affirm
from actions.action_change_address import ChangeAddress
from actions.action_change_items import ChangeItems
from actions.action_deny import Deny
from actions.action_greet import Greet
from actions.action_reorder import Reorder
from actions.action_shopping_list import KeepShoppingList
from analytics.ordering_records import OrderingPolicy
from analytics.records import Order, OrderLine, Product
from store.tables import products
from tests.support import demo_shop
from tests.support.fake_analytics import FakeAnalytics
from tests.support.order_store import stored
from tests.support.said import UPSET, Conversation, Said


@pytest.fixture
def shop() -> FakeAnalytics:
    return FakeAnalytics()


@pytest.fixture
def ana(shop: FakeAnalytics) -> Conversation:
    return Conversation(shop, "ana")


async def again(talk: Conversation, text: str = "order the same again", **entities: str) -> Said:
    return await talk.meets(Reorder(), text, intent="reorder", **entities)


async def says(talk: Conversation, text: str) -> Said:
    return await talk.meets(ChangeItems(), text, intent="change_items")


async def yes(talk: Conversation, text: str = "yes please") -> Said:
    return await talk.meets(Affirm(), text, intent="affirm")


def ordered(shop: FakeAnalytics) -> list[tuple[Any, ...]]:
    """The lines of orders placed in the chat, as (product, quantity, amount)."""
    placed = {row[0] for row in stored(shop.kept(), "placed_orders", "order_id")}
    lines = stored(shop.kept(), "order_lines", "order_id", "product_id", "quantity", "amount")
    return [row[1:] for row in lines if row[0] in placed]


async def test_the_latest_order_at_todays_prices(shop: FakeAnalytics, ana: Conversation) -> None:
    said = await again(ana)
    # The pizza was 2.00 then and is 4.00 today.
    assert said.names == ["utter_reorder_confirm"]
    assert said.always_says("$14.49")
    assert ordered(shop) == []
    said = await yes(ana)
    assert said.names == ["utter_reorder_done"]
    assert ordered(shop) == [("101", 1, 2.99), ("102", 1, 7.5), ("103", 1, 4.0)]
    assert {row[0] for row in stored(shop.kept(), "orders", "status", "store_id") if row[1] == "chat"} == {"placed"}


async def test_a_second_yes_orders_nothing_more(shop: FakeAnalytics, ana: Conversation) -> None:
    await again(ana)
    before = dict(ana.slots)
    first = await yes(ana)
    ana.slots = before  # the answer was lost and the message came again
    second = await yes(ana)
    assert [each.names for each in (first, second)] == [["utter_reorder_done"]] * 2
    assert len(stored(shop.kept(), "placed_orders", "order_id")) == 1


async def test_a_correction_keeps_the_rest(shop: FakeAnalytics, ana: Conversation) -> None:
    await again(ana)
    said = await says(ana, "can you leave out the pizza please")
    assert said.always_says("$10.49")
    said = await says(ana, "two of the coffee")
    assert said.always_says("$17.99")
    await yes(ana)
    assert ordered(shop) == [("101", 1, 2.99), ("102", 2, 15.0)]


async def test_only_one_of_it(shop: FakeAnalytics, ana: Conversation) -> None:
    await again(ana)
    assert (await again(ana, "only the coffee")).always_says("$7.50")
    await yes(ana)
    assert ordered(shop) == [("102", 1, 7.5)]


async def test_what_is_not_in_it_is_told(ana: Conversation) -> None:
    await again(ana)
    said = await says(ana, "without the wine")
    assert said.names == ["utter_order_things_absent", "utter_reorder_confirm"]


async def test_a_request_in_an_outburst_is_no_name_of_a_thing(ana: Conversation) -> None:
    said = await again(ana, "the delivery was a disaster, but fine. order the same again")
    assert said.names == ["utter_reorder_confirm"]


async def test_the_bare_word_to_order_is_a_yes(shop: FakeAnalytics, ana: Conversation) -> None:
    await again(ana)
    assert (await says(ana, "ok, order it then")).names == ["utter_reorder_done"]
    assert len(ordered(shop)) == 3


async def test_something_like_what_has_run_out_is_offered_in_its_place(shop: FakeAnalytics, ana: Conversation) -> None:
    green = Product(product_id="108", name="Green tea", category="Tea", department="Grocery", price=2.9)
    shop.products.append(green)
    shop.orders_of["ana"] = [_tea_order(), *shop.orders_of["ana"]]
    _add(shop, green)
    _change(shop, "107", in_stock=False)
    said = await again(ana)
    assert said.names[:2] == ["utter_reorder_gone", "utter_reorder_instead"]
    assert '/reorder{"mode": "instead", "product_id": "108", "choice": "2"}' in said.buttons
    said = await ana.meets(Reorder(), intent="reorder", mode="instead", product_id="108", choice="2")
    assert said.names == ["utter_reorder_confirm"]
    await yes(ana)
    assert ordered(shop) == [("108", 2, 5.8)]


async def test_nothing_is_offered_in_its_place_to_somebody_upset(shop: FakeAnalytics, ana: Conversation) -> None:
    _change(shop, "103", in_stock=False)
    said = await ana.meets(Reorder(), "same again you lot", intent="reorder", sentiment=UPSET)
    assert "utter_reorder_instead" not in said.names
    assert said.names[-1] == "utter_reorder_confirm"


async def test_what_has_run_out_is_told_once(shop: FakeAnalytics, ana: Conversation) -> None:
    _change(shop, "103", in_stock=False)
    await again(ana)
    assert (await says(ana, "two of the coffee")).names == ["utter_reorder_confirm"]


async def test_another_address_is_for_when_it_is_placed(shop: FakeAnalytics, ana: Conversation) -> None:
    await again(ana)
    said = await ana.meets(ChangeAddress(), "send it to 12 Oak Street, Dayton instead", intent="change_address")
    assert said.names == ["utter_reorder_place_first", "utter_reorder_confirm"]
    assert (await yes(ana)).names == ["utter_reorder_done"]


async def test_a_no_orders_nothing(shop: FakeAnalytics, ana: Conversation) -> None:
    await again(ana)
    await ana.meets(Deny(), "no", intent="deny")
    await yes(ana)
    assert ordered(shop) == []


async def test_what_has_run_out_is_named_and_left_out(shop: FakeAnalytics, ana: Conversation) -> None:
    _change(shop, "103", in_stock=False)
    said = await again(ana)
    assert said.names == ["utter_reorder_gone", "utter_reorder_confirm"]
    assert said.always_says("Frozen pizza")
    await yes(ana)
    assert [line[0] for line in ordered(shop)] == ["101", "102"]


async def test_nothing_can_be_had(shop: FakeAnalytics, ana: Conversation) -> None:
    _change(shop, "105", in_stock=False)
    said = await again(ana, "buy the shampoo again")
    assert said.names == ["utter_reorder_gone", "utter_reorder_nothing_left"]
    assert ana.slots["order_request"] is None


async def test_a_price_that_changed_meanwhile_is_asked_about_again(shop: FakeAnalytics, ana: Conversation) -> None:
    await again(ana)
    _change(shop, "102", price=8.0)
    said = await yes(ana)
    assert said.names == ["utter_reorder_changed", "utter_reorder_confirm"]
    assert ordered(shop) == []
    await yes(ana)
    assert ("102", 1, 8.0) in ordered(shop)


async def test_the_next_day_a_yes_is_asked_for_again(shop: FakeAnalytics, ana: Conversation) -> None:
    await again(ana)
    ana.slots["order_request"]["asked_at"] = time.time() - 24 * 3600
    assert (await yes(ana)).names == ["utter_reorder_confirm"]
    assert ordered(shop) == []
    assert (await yes(ana)).names == ["utter_reorder_done"]


async def test_after_something_else_we_come_back_to_it(ana: Conversation) -> None:
    await again(ana)
    said = await ana.meets(Greet(), "hello", intent="greet")
    assert said.names[-2:] == ["utter_order_back", "utter_reorder_confirm"]


async def test_an_order_by_its_number_and_none_of_hers(ana: Conversation) -> None:
    assert (await again(ana, "reorder 40100", order_id="40100")).always_says("$5.49")
    assert (await again(ana, "reorder 99999", order_id="99999")).names == ["utter_order_unknown"]


async def test_a_thing_she_never_bought(shop: FakeAnalytics, ana: Conversation) -> None:
    said = await again(ana, "order the kombucha again")
    assert said.names == ["utter_reorder_not_bought", "utter_reorder_which"]
    said = await ana.meets(Reorder(), intent="reorder", mode="all")
    assert said.names == ["utter_reorder_confirm"]


async def test_her_list_becomes_an_order(shop: FakeAnalytics, ana: Conversation) -> None:
    await ana.meets(KeepShoppingList(), "put 2 decaf coffee and a unicorn on my list", intent="add_to_list")
    said = await again(ana, "order everything on my list")
    assert said.names == ["utter_reorder_not_linked", "utter_reorder_confirm"]
    assert (await yes(ana)).names == ["utter_reorder_done", "utter_reorder_off_the_list"]
    assert ordered(shop) == [("102", 2, 15.0)]
    assert stored(shop.kept(), "shopping_items", "name") == [("unicorn",)]


async def test_more_than_the_shop_takes_in_the_chat(shop: FakeAnalytics, ana: Conversation) -> None:
    shop.ordering = OrderingPolicy(by_chat=True, most_total=10)
    assert (await again(ana)).names == ["utter_reorder_too_much"]
    assert (await says(ana, "without the coffee")).names == ["utter_reorder_confirm"]


async def test_a_shop_that_takes_no_orders_here_gets_a_list(shop: FakeAnalytics, ana: Conversation) -> None:
    shop.ordering = OrderingPolicy()
    said = await again(ana)
    assert said.names == ["utter_reorder_off", "utter_list_added"]
    assert [row[0] for row in stored(shop.kept(), "shopping_items", "product_id")] == ["101", "102", "103"]
    await yes(ana)
    assert ordered(shop) == []


async def test_a_customer_without_an_order(shop: FakeAnalytics) -> None:
    assert (await again(Conversation(shop, "ben"))).names == ["utter_reorder_first"]


async def test_a_visitor_is_asked_to_sign_in_and_keeps_a_list(shop: FakeAnalytics) -> None:
    visitor = Conversation(shop)
    assert (await again(visitor)).names == ["utter_reorder_sign_in"]
    said = await again(visitor, "buy the decaf coffee again")
    assert said.names == ["utter_reorder_sign_in", "utter_list_added", "utter_list_visitor"]


def _tea_order() -> Order:
    line = OrderLine(product=demo_shop.GINGER, quantity=2, amount=6.2)
    return replace(demo_shop.ON_ITS_WAY, order_id="40400", total=6.2, lines=(line,))


def _add(shop: FakeAnalytics, product: Product) -> None:
    values = {key: getattr(product, key) for key in ("product_id", "name", "category", "department", "price")}
    with shop.kept().write() as connection:
        connection.execute(insert(products).values(**values, times_sold=1, in_stock=True))


def _change(shop: FakeAnalytics, product_id: str, **values: Any) -> None:
    with shop.kept().write() as connection:
        connection.execute(update(products).where(products.c.product_id == product_id).values(**values))
