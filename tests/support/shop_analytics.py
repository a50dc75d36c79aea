"""The real analytics on a small shop, its clock standing still and its caches looking at every question."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from analytics.records import DemoCustomer, ShopFacts
from analytics.service import ShopAnalytics
from analytics.shop.loader import DeliveryPromise, Shop
from tests.support.shop_in_memory import NOW, SmallShop

PROMISE = DeliveryPromise(packed_within=timedelta(hours=24), delivered_within=timedelta(hours=48))


def analytics_of(shop: SmallShop, folder: Path) -> ShopAnalytics:
    """Open the analytics; artifacts and, where there is one, `synonyms.yml` lie in the folder."""
    return ShopAnalytics(shop.database, folder, settings_of(folder), clock=lambda: NOW, check_every=0.0)


def settings_of(folder: Path) -> Shop:
    """Give what the shop's file says."""
    facts = ShopFacts(
        name="The Small Shop",
        currency="$",
        answers={"delivery": "Within two days."},
        demo_customers=(DemoCustomer(customer_id="ana", name="Ana", about="buys milk"),),
    )
    return Shop(facts=facts, promise=PROMISE, discreet_categories=frozenset({"tobacco"}), folder=folder)
