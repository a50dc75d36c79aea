"""What is expected of the session a customer is in is told while she is in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from analytics.jobs.build_predictions import build_predictions
from analytics.service import ShopAnalytics
from analytics.shop.loader import load_shop
from rapport.paths import PROJECT
from tests.support.event_shop import NOW, PAGE, EventShop, event_shop, order_of, track

pytestmark = pytest.mark.integration

SHOP = PROJECT / "rapport/shops/complete_journey/shop.yml"


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EventShop]:
    with event_shop(request.param, tmp_path) as opened:
        yield opened


def analytics_of(shop: EventShop, folder: Path, minutes: float = 0) -> ShopAnalytics:
    return ShopAnalytics(shop.database, folder, load_shop(SHOP), clock=lambda: NOW + timedelta(minutes=minutes))


def test_something_in_the_cart_raises_the_chance_and_an_order_ends_the_question(
    shop: EventShop, tmp_path: Path
) -> None:
    analytics = analytics_of(shop, tmp_path)
    assert analytics.purchase_intent("ana") is None
    shop.send(track("Product Viewed", product_id="p1"), source=PAGE)
    looking = analytics.purchase_intent("ana")
    shop.send(track("Product Added", product_id="p1", quantity=1, price=3.0), source=PAGE)
    choosing = analytics.purchase_intent("ana")
    assert looking is not None
    assert choosing is not None
    assert looking.value < choosing.value
    assert looking.low <= looking.value <= looking.high
    assert choosing.basis == "shop"  # nothing of the shop's own sessions is learned yet
    shop.send(track("Order Completed", **order_of(("p1", 1, 3.0), order_id="o2", total=3.0)))
    assert analytics.purchase_intent("ana") is None


def test_the_profile_tells_it_first_while_the_session_runs(shop: EventShop, tmp_path: Path) -> None:
    shop.send(track("Product Viewed", product_id="p1"), source=PAGE)
    build_predictions(shop.database, tmp_path, NOW, lambda *_: None)
    profile = analytics_of(shop, tmp_path).profile("ana")
    later = analytics_of(shop, tmp_path, minutes=45).profile("ana")
    assert profile is not None
    assert profile.predictions is not None
    assert [one.kind for one in profile.predictions.listed[:2]] == ["intent", "churn"]
    assert later is not None
    assert later.predictions is not None
    assert later.predictions.of("intent") is None
