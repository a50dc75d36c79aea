"""A customer's orders as she asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.service import ShopAnalytics
from tests.support.shop_analytics import analytics_of
from tests.support.shop_in_memory import SmallShop, ago


@pytest.fixture
def shop() -> SmallShop:
    shop = SmallShop()
    shop.product("milk", "Milk", price=1.25)
    shop.customer("ana")
    shop.customer("ben")
    return shop


@pytest.fixture
def analytics(shop: SmallShop, tmp_path: Path) -> ShopAnalytics:
    return analytics_of(shop, tmp_path)


def test_orders_come_newest_first_with_their_lines(shop: SmallShop, analytics: ShopAnalytics) -> None:
    shop.order("ana", ["milk"], days=9, order_id="old")
    shop.order("ana", ["milk", "vanished"], days=1.5, order_id="new", total=7.5, discount=0.5)
    newest, oldest = analytics.orders("ana")
    assert (newest.order_id, oldest.order_id) == ("new", "old")
    assert (newest.total, newest.discount) == (7.5, 0.5)
    assert [line.product.name for line in newest.lines] == ["Milk", "An item no longer listed"]
    assert [order.order_id for order in analytics.orders("ana", limit=1)] == ["new"]


def test_an_order_without_status_is_estimated_from_the_promise(shop: SmallShop, analytics: ShopAnalytics) -> None:
    shop.order("ana", ["milk"], days=1.5, order_id="new")
    order = analytics.order("new", "ana")
    assert order is not None
    assert (order.state, order.estimated, order.expected_at) == ("on_its_way", True, ago(1.5 - 2))


def test_a_reported_status_wins_over_the_promise(shop: SmallShop, analytics: ShopAnalytics) -> None:
    shop.order("ana", ["milk"], days=9, order_id="late", status="shipped")
    shop.order("ana", ["milk"], days=1, order_id="early", status="delivered")
    late, early = analytics.order("late", "ana"), analytics.order("early", "ana")
    assert late is not None
    assert early is not None
    assert (late.state, late.estimated) == ("on_its_way", False)
    assert (early.state, early.estimated, early.expected_at) == ("delivered", False, None)


def test_an_unknown_status_is_not_passed_off_as_known(shop: SmallShop, analytics: ShopAnalytics) -> None:
    shop.order("ana", ["milk"], days=9, order_id="odd", status="step 4")
    order = analytics.order("odd", "ana")
    assert order is not None
    assert (order.state, order.estimated) == ("delivered", True)


def test_an_order_is_told_to_its_owner_only(shop: SmallShop, analytics: ShopAnalytics) -> None:
    shop.order("ana", ["milk"], days=1, order_id="hers")
    assert analytics.order("hers", "ben") is None
    assert analytics.order("no such order", "ben") is None


def test_a_customer_without_orders_has_none(analytics: ShopAnalytics) -> None:
    assert analytics.orders("ben") == []
    assert analytics.orders("nobody") == []
