"""The reasons that need a whole shop to arise: a segment's favourite, and what is taken with what she buys."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.jobs.build_recommender import build_recommender
from analytics.recommendation_records import RecommendContext
from analytics.service import ShopAnalytics
from tests.support.shop_analytics import analytics_of
from tests.support.shop_in_memory import NOW, SmallShop

NEW = RecommendContext(mode="new")


def analytics_trained(shop: SmallShop, folder: Path) -> ShopAnalytics:
    build_recommender(shop.database, folder, NOW, lambda _step, _share: None)
    return analytics_of(shop, folder)


@pytest.fixture
def shop() -> SmallShop:
    shop = SmallShop()
    for product_id in ("milk", "pasta", "pesto", "olives", "salt"):
        shop.product(product_id, product_id.capitalize(), category=f"{product_id} shelf")
    shop.customer("nina")
    return shop


def test_a_favourite_of_her_segment(shop: SmallShop, tmp_path: Path) -> None:
    """22 things sell more; 3 of the 5 others of her segment buy olives, and 3 of all 12 customers."""
    shop.segment(5, "Cooks", 6)
    staples = [f"staple-{number:02}" for number in range(22)]
    for staple in staples:
        shop.product(staple, staple.capitalize(), category=f"{staple} shelf")
    for number in range(6):
        shop.customer(f"crowd-{number}")
        shop.order(f"crowd-{number}", staples, days=5)
    for number in range(5):
        shop.customer(f"cook-{number}")
        shop.features(f"cook-{number}", segment_id=5)
        shop.order(f"cook-{number}", ["olives"] if number < 3 else ["pesto"], days=5)
    shop.features("nina", segment_id=5)
    shop.order("nina", ["salt"], days=20)
    shown = analytics_trained(shop, tmp_path).recommend("nina", NEW)
    (olives,) = [one.reason for one in shown if one.product.product_id == "olives"]
    assert olives.kind == "segment_favourite"
    assert olives.evidence["share"] == 3 / 6


def test_what_those_take_who_buy_what_she_buys(shop: SmallShop, tmp_path: Path) -> None:
    """Of 120 who buy milk, and always something new, 12 buy pasta, as she does; 6 of these and one other take pesto."""
    for number in range(40):
        shop.product(f"thing-{number}", f"Thing {number}", category="Things")
    for number in range(120):
        who = f"c{number:03}"
        shop.customer(who)
        for visit in range(8):
            bought = ["milk", f"thing-{(7 * number + 5 * visit) % 40}", *_of(number)]
            shop.order(who, bought, days=5 + 12 * visit + number % 7)
    for days in (6, 30, 60, 100):
        shop.order("nina", ["milk", "pasta"], days=days)
    reason = analytics_trained(shop, tmp_path).why("nina", "pesto", NEW)
    assert reason is not None
    assert (reason.kind, reason.evidence["of"]) == ("bought_too", "Pasta")
    assert (reason.evidence["both"], reason.evidence["buyers"]) == (6, 13)


def _of(number: int) -> list[str]:
    return [*(["pasta"] if number < 12 else []), *(["pesto"] if number < 6 or number == 50 else [])]
