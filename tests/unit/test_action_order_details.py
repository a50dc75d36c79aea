"""In the middle of a request about an order: outbursts, long orders, and what names a product."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from actions.action_apologise import Apologise
from actions.action_fallback import Fallback
from actions.action_return_order import ReturnOrder
from actions.order_reading import products_in
from analytics.records import Order, OrderLine, Product
from tests.support.said import UPSET, Conversation, Said
from tests.support.shop_with_orders import shop_with_orders


@pytest.fixture
def ana() -> Conversation:
    return Conversation(shop_with_orders(), "ana")


async def returns(talk: Conversation, text: str) -> Said:
    return await talk.meets(ReturnOrder(), text, intent="return_order")


async def strays(talk: Conversation, text: str) -> Said:
    return await talk.meets(Fallback(), text, intent="out_of_scope")


async def test_an_outburst_in_mid_request_is_no_answer(ana: Conversation) -> None:
    await returns(ana, "return my order")
    said = await ana.meets(Apologise(), "this is ridiculous, worst coffee ever", intent="complain", sentiment=UPSET)
    assert not any(name.startswith("utter_order_return") for name in said.names)


async def test_a_long_order_is_not_read_out(ana: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actions.order_questions.MOST_LISTED", 2)
    assert (await returns(ana, "return my order")).names == ["utter_order_return_which_of_many"]
    assert (await strays(ana, "the pizza")).names == ["utter_order_return_confirm"]


def test_a_remark_in_brackets_names_no_product() -> None:
    cream = Product(product_id="1", name="Cream cheese (shop brand)", category="Cheese", department="Grocery")
    bread = Product(product_id="2", name="White bread", category="Bread", department="Grocery")
    lines = tuple(OrderLine(product=product, quantity=1, amount=1.0) for product in (cream, bread))
    order = Order(
        order_id="1", placed_at=datetime(2026, 5, 4, tzinfo=UTC), total=2.0, discount=0.0, state="delivered",
        expected_at=None, estimated=False, lines=lines,
    )  # fmt: skip
    assert products_in("worst shop ever", order) == ()
    assert products_in("the cream cheese", order) == ("1",)
