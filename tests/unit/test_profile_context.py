"""Everything known of one customer, in one record."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.facade import AnalyticsUnavailable
from analytics.records import DialogueProfile, Rfm
from analytics.service import ShopAnalytics
from analytics.shop.demo import name_demo_customers
from store.engine import open_database
from store.repositories.customers import name_unnamed
from store.repositories.profiles import ProfileRow, profile_row, save_profile
from tests.support.shop_analytics import analytics_of
from tests.support.shop_in_memory import NOW, SmallShop


@pytest.fixture
def shop() -> SmallShop:
    """Two customers, one with orders and features."""
    shop = SmallShop()
    shop.product("milk", "Milk")
    shop.customer("c9", name="Customer 9", traits={"age": "45-54"})
    scores = {"recency_score": 5, "frequency_score": 4, "monetary_score": 3}
    figures = {"recency_days": 1.0, "frequency": 12, "monetary": 96.5}
    shop.features("c9", segment_id=1, behaviour={"basket_value": 3.5} | scores, **figures)
    shop.customer("c1")
    shop.features("c1", segment_id=7)
    shop.segment(0, "Even", 5)
    shop.segment(1, "Odd", 15)
    shop.order("c9", ["milk"], days=1)
    return shop


@pytest.fixture
def analytics(shop: SmallShop, tmp_path: Path) -> ShopAnalytics:
    return analytics_of(shop, tmp_path)


def test_a_customer_is_told_whole(analytics: ShopAnalytics) -> None:
    context = analytics.customer("c9")
    assert context is not None
    assert (context.name, context.traits) == ("Customer 9", {"age": "45-54"})
    assert context.segment is not None
    assert (context.segment.name, context.segment.share) == ("Odd", 15 / (5 + 15))
    assert context.last_order is not None
    assert context.behaviour == {"basket_value": 3.5}
    assert context.rfm == Rfm(
        recency_days=1.0, frequency=12, monetary=96.5, recency_score=5, frequency_score=4, monetary_score=3
    )
    assert context.profile == DialogueProfile(customer_id="c9")


def test_figures_no_job_has_scored_and_segments_no_model_has_are_not_told(analytics: ShopAnalytics) -> None:
    context = analytics.customer("c1")
    assert context is not None
    assert (context.rfm, context.segment) == (None, None)


def test_a_customer_without_orders_has_no_segment_and_no_figures(shop: SmallShop, analytics: ShopAnalytics) -> None:
    shop.customer("ana")
    context = analytics.customer("ana")
    assert context is not None
    assert (context.segment, context.rfm, context.last_order, context.behaviour) == (None, None, None, {})
    assert context.name is None
    assert analytics.segment_of("ana") is None


def test_demo_customers_get_the_names_of_the_shop_file_and_nobody_loses_her_own(
    shop: SmallShop, analytics: ShopAnalytics
) -> None:
    shop.customer("ana")
    assert name_demo_customers(shop.database, analytics.shop()) == 1
    assert name_demo_customers(shop.database, analytics.shop()) == 0
    named = analytics.customer("ana")
    assert named is not None
    assert named.name == "Ana"
    assert name_unnamed_as("Mallory", shop) == 0


def name_unnamed_as(name: str, shop: SmallShop) -> int:
    with shop.database.write() as connection:
        return name_unnamed(connection, "c9", name)


def test_an_unknown_customer_is_nobody(analytics: ShopAnalytics) -> None:
    assert analytics.customer("nobody") is None
    assert analytics.segment_of("nobody") is None


def test_a_saved_profile_is_read_back_and_replaced(shop: SmallShop, analytics: ShopAnalytics) -> None:
    profile = ProfileRow(
        customer_id="c1",
        sentiment=0.25,
        sentiment_slope=-0.1,
        turns=3,
        topics={"greet": 3},
        preferences={"refused_products": ["milk"]},
        last_contact_at=NOW,
        last_topic="greet",
    )
    for _ in range(2):
        with shop.database.write() as connection:
            save_profile(connection, profile)
    with shop.database.read() as connection:
        assert profile_row(connection, "c1") == profile
    context = analytics.customer("c1")
    assert context is not None
    assert (context.profile.sentiment, context.profile.topics) == (0.25, {"greet": 3})


def test_a_database_without_tables_is_told_as_one_failure(tmp_path: Path) -> None:
    shop = SmallShop()
    shop.database = open_database("sqlite://")
    analytics = analytics_of(shop, tmp_path)
    for ask in (
        lambda: analytics.customer("a"),
        lambda: analytics.segment_of("a"),
        lambda: analytics.recommend("a"),
        lambda: analytics.why("a", "1"),
        lambda: analytics.next_offer("a", mood=None, recent=frozenset()),
        lambda: analytics.offers_shown("a"),
        lambda: analytics.orders("a"),
        lambda: analytics.order("1", "a"),
        lambda: analytics.search_products("milk"),
        analytics.warm_up,
    ):
        with pytest.raises(AnalyticsUnavailable, match="rapport doctor"):
            ask()
