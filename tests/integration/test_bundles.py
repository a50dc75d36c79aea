"""Bundles on a small shop: what is in them, when something is taken off, and the order at the price that was told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from analytics.ordering_records import BasketItem, BundlePrice, NotPlaced, OrderingPolicy, Placed
from analytics.recommendation_records import Bundle, BundlePolicy, RecommendationPolicy
from analytics.service import ShopAnalytics
from tests.support.order_store import accounts_on, stored
from tests.support.shop_analytics import settings_of
from tests.support.shop_in_memory import NOW, SmallShop

pytestmark = pytest.mark.integration
PRICES = {"pasta": 2.0, "sauce": 3.5, "cheese": 5.4, "milk": 1.0, "soap": 2.0}
Open = Callable[..., ShopAnalytics]


@pytest.fixture
def shop() -> SmallShop:
    """Pasta, sauce and cheese lie in the same eight baskets of forty."""
    shop = SmallShop()
    for product_id, price in PRICES.items():
        shop.product(product_id, product_id.capitalize(), category=f"{product_id} shelf", price=price, margin=0.3)
    for number in range(40):
        shop.customer(f"other-{number}")
        shop.order(f"other-{number}", ["pasta", "sauce", "cheese"] if number < 8 else ["milk", "soap"], days=number)
    shop.customer("ana")
    shop.order("ana", ["milk"], days=9)
    shop.customer("new")
    return shop


@pytest.fixture
def opened(shop: SmallShop, tmp_path: Path) -> Iterator[Open]:
    """Open the shop, a tenth off bundles and orders taken in the chat unless the test says otherwise."""

    def open_(
        ordering: OrderingPolicy | None = None, never: frozenset[str] = frozenset(), **rules: Any
    ) -> ShopAnalytics:
        settings = replace(
            settings_of(tmp_path),
            bundles=BundlePolicy(**({"percent_off": 10} | rules)),
            ordering=ordering or OrderingPolicy(by_chat=True),
            recommendations=RecommendationPolicy(never=never),
        )
        return ShopAnalytics(shop.database, tmp_path, settings, clock=lambda: NOW, check_every=0.0)

    return open_


def of(found: Bundle | None) -> list[str]:
    return [] if found is None else [product.product_id for product in found.products]


def told(found: Bundle | None) -> BundlePrice:
    assert found is not None
    return BundlePrice(product_ids=tuple(of(found)), price=found.price, saving=found.saving)


def test_a_bundle_is_the_product_with_what_lies_beside_it_at_a_price_together(opened: Open) -> None:
    found = opened().bundle(["pasta"], customer_id="ana")
    assert found is not None
    assert of(found)[0] == "pasta"
    assert set(of(found)) == {"pasta", "sauce", "cheese"}
    assert (found.price, found.bundle_price, found.saving) == (10.9, 9.81, 1.09)
    assert found.until == NOW + timedelta(hours=24)
    assert found.reason.evidence["together"] == 8


def test_without_a_section_it_costs_the_sum(opened: Open) -> None:
    found = opened(percent_off=0).bundle(["pasta"])
    assert found is not None
    assert (found.price, found.bundle_price, found.saving) == (10.9, 10.9, 0.0)


def test_nothing_is_taken_off_where_no_order_could_be_placed_at_that_price(opened: Open) -> None:
    for found in (
        opened(ordering=OrderingPolicy()).bundle(["pasta"], customer_id="ana"),
        opened(ordering=OrderingPolicy(by_chat=True, most_total=9)).bundle(["pasta"], customer_id="ana"),
        opened().bundle(["pasta"], customer_id="new"),
    ):
        assert found is not None
        assert found.saving == 0.0


def test_the_shops_rules_hold_for_each_product_of_it(opened: Open, shop: SmallShop) -> None:
    assert set(of(opened(most_products=2).bundle(["pasta"]))) < {"pasta", "sauce", "cheese"}
    assert set(of(opened(without=frozenset({"sauce shelf"})).bundle(["pasta"]))) == {"pasta", "cheese"}
    assert opened(without=frozenset({"pasta shelf"})).bundle(["pasta"]) is None
    assert set(of(opened(never=frozenset({"cheese shelf"})).bundle(["pasta"]))) == {"pasta", "sauce"}
    assert set(of(opened().bundle(["pasta"], exclude=frozenset({"sauce"})))) == {"pasta", "cheese"}
    shop.change_product("pasta", in_stock=False)
    assert opened().bundle(["pasta"]) is None
    assert opened().bundle(["milk", "nothing"]) is opened().bundle([]) is None


def test_with_personalisation_off_it_is_a_visitors(opened: Open, shop: SmallShop) -> None:
    accounts_on(shop.database).decide("ana", {"personalisation": False}, "k")
    assert opened().bundle(["pasta"], customer_id="ana") == opened().bundle(["pasta"])


def test_the_order_costs_what_was_told_and_its_lines_bear_the_discount(opened: Open, shop: SmallShop) -> None:
    analytics = opened()
    bundle = told(analytics.bundle(["pasta"], customer_id="ana"))
    service = analytics.ordering_service()
    basket = [BasketItem(product_id=one, quantity=1) for one in (*bundle.product_ids, "milk")]
    quote = service.quote(basket, bundle=bundle)
    assert (quote.total, quote.discount) == (9.81 + 1.0, 1.09)
    done = [service.place("ana", basket, agreed=quote.total, key="k", bundle=bundle) for _ in range(2)]
    assert [(one.total, one.discount) for one in done if isinstance(one, Placed)] == [(10.81, 1.09)] * 2
    order = analytics.orders("ana", limit=1)[0]
    assert (order.total, order.discount) == (10.81, 1.09)
    assert round(sum(line.amount for line in order.lines), 2) == order.total
    lines = stored(shop.database, "order_lines", "order_id", "product_id", "discount")
    off = {product_id: discount for number, product_id, discount in lines if number == order.order_id}
    assert off["milk"] == 0
    assert round(sum(off.values()), 2) == 1.09


def test_at_another_price_or_without_one_of_them_the_bundle_does_not_hold(opened: Open, shop: SmallShop) -> None:
    analytics = opened()
    bundle = told(analytics.bundle(["pasta"], customer_id="ana"))
    service = analytics.ordering_service()
    basket = [BasketItem(product_id=one, quantity=1) for one in bundle.product_ids]
    assert service.quote(basket[:2], bundle=bundle).discount == 0.0
    shop.change_product("sauce", price=4.5)
    outcome = service.place("ana", basket, agreed=9.81, key="k", bundle=bundle)
    assert isinstance(outcome, NotPlaced)
    assert (outcome.reason, outcome.quote.total) == ("changed", 11.9)
    again = analytics.bundle_again(bundle.product_ids, customer_id="ana")
    assert again is not None
    assert (again.price, again.bundle_price) == (11.9, 10.71)
    shop.change_product("sauce", in_stock=False)
    assert analytics.bundle_again(bundle.product_ids, customer_id="ana") is None
