"""The customer profile: one record of everything known, fresh to the last order and turn."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert

from analytics.dialogue.profile import profile_after
from analytics.profile_records import SegmentMove
from analytics.records import DialogueProfile, Rfm, TurnSignal
from analytics.service import ShopAnalytics
from store.repositories.profiles import ProfileRow, save_profile
from store.tables import chat_ratings, complaints, conversations, reviews, segment_moves
from tests.support.shop_analytics import analytics_of
from tests.support.shop_in_memory import NOW, SmallShop, ago


@pytest.fixture
def shop() -> SmallShop:
    """Ana: three orders, the last ten days ago; features of yesterday."""
    shop = SmallShop()
    shop.product("milk", "Milk", category="Dairy")
    shop.product("tea", "Tea", category="Tea")
    shop.customer("ana", name="Ana", traits={"age": "45-54"})
    shop.order("ana", ["milk", "tea"], days=30, total=6.0, discount=2.0)
    shop.order("ana", ["milk"], days=20, total=4.0)
    shop.order("ana", ["milk"], days=10, total=8.0)
    shop.order("ana", ["tea"], days=9, total=90.0, status="cancelled")
    scores = {"recency_score": 3, "frequency_score": 4, "monetary_score": 2}
    shop.features("ana", segment_id=1, recency_days=9.0, frequency=3, monetary=18.0, behaviour={"x": 1} | scores)
    shop.segment(1, "Regulars", 10)
    return shop


@pytest.fixture
def analytics(shop: SmallShop, tmp_path: Path) -> ShopAnalytics:
    return analytics_of(shop, tmp_path)


def test_orders_tell_habits_tastes_and_discounts_but_not_cancelled_ones(analytics: ShopAnalytics) -> None:
    profile = analytics.profile("ana")
    assert profile is not None
    assert (profile.name, profile.demographics, profile.behaviour) == ("Ana", {"age": "45-54"}, {"x": 1})
    assert profile.discount_share == pytest.approx(2 / (6 + 2 + 4 + 8))
    assert profile.hours == {NOW.hour: 1.0}
    assert profile.preferences.inferred == {"Dairy": 3 / 4, "Tea": 1 / 4}
    assert profile.segment is not None
    assert profile.segment.name == "Regulars"


def test_recency_is_of_now_and_an_order_after_the_job_counts(shop: SmallShop, analytics: ShopAnalytics) -> None:
    before = analytics.profile("ana")
    assert before is not None
    assert before.rfm == Rfm(
        recency_days=10.0, frequency=3, monetary=18.0, recency_score=3, frequency_score=4, monetary_score=2
    )
    shop.order("ana", ["tea"], days=-0.01, total=5.0)
    after = analytics.profile("ana")
    assert after is not None
    assert after.rfm == Rfm(
        recency_days=0.0, frequency=3 + 1, monetary=18.0 + 5.0, recency_score=5, frequency_score=4, monetary_score=2
    )


def test_engagement_adds_up_orders_chats_reviews_and_ratings(shop: SmallShop, analytics: ShopAnalytics) -> None:
    chat = {"conversation_id": "c1", "channel": "widget", "customer_id": "ana", "owner": "bot", "owner_version": 0}
    review = {"review_id": "r1", "key": "k", "customer_id": "ana", "product_id": "milk", "stars": 5, "text": ""}
    with shop.database.write() as connection:
        moments = {"created_at": ago(30), "last_message_at": ago(30)}
        connection.execute(insert(conversations).values(**chat, last_seq=2, **moments))
        connection.execute(insert(reviews).values(**review, created_at=NOW))
        rating = {"conversation_id": "c1", "customer_id": "ana", "score": 4, "comment": "", "declined": False}
        connection.execute(insert(chat_ratings).values(**rating, asked_at=NOW, rated_at=NOW))
    profile = analytics.profile("ana")
    assert profile is not None
    orders = 12 * (0.5 ** (30 / 30) + 0.5 ** (20 / 30) + 0.5 ** (10 / 30))
    assert profile.engagement.parts == {
        "orders": round(orders, 2), "reviews": 5.0, "conversations": 4 * 0.5, "ratings": 2.0
    }  # fmt: skip
    assert profile.engagement.score == pytest.approx(sum(profile.engagement.parts.values()))
    assert profile.channels == {"widget": 1.0}


def test_what_a_turn_told_is_in_it_at_once(shop: SmallShop, analytics: ShopAnalytics) -> None:
    signal = TurnSignal(
        customer_id="ana", intent="search_product", sentiment=-0.4, at=NOW, preferences={"dislikes": ["peanuts"]},
        unmet=("oat milk",),
    )  # fmt: skip
    after = profile_after(DialogueProfile(customer_id="ana"), signal)
    with shop.database.write() as connection:
        save_profile(connection, ProfileRow(**{name: getattr(after, name) for name in ProfileRow.__slots__}))
    profile = analytics.profile("ana")
    assert profile is not None
    assert profile.preferences.stated == {"dislikes": ("peanuts",)}
    assert (profile.unmet_requests, profile.dialogue.sentiment) == (("oat milk",), -0.4)
    assert profile.updated_at == NOW


def test_open_complaints_are_counted_and_consents_told(shop: SmallShop, analytics: ShopAnalytics) -> None:
    told = {"topic": "delivery", "severity": "minor", "wish": "", "note": "", "times": 1, "created_at": NOW}
    with shop.database.write() as connection:
        for number, resolved in (("1", None), ("2", NOW)):
            whose = {"complaint_id": number, "key": number, "conversation_id": "c1", "customer_id": "ana"}
            connection.execute(insert(complaints).values(**whose, **told, resolved_at=resolved))
    analytics.account_service().decide("ana", {"personalisation": False}, "key")
    profile = analytics.profile("ana")
    assert profile is not None
    assert profile.complaints_open == 1
    assert (profile.consents["personalisation"], profile.consents["newsletter"]) == (False, True)
    assert profile.loyalty is None


def test_somebody_without_orders_has_an_empty_profile(shop: SmallShop, analytics: ShopAnalytics) -> None:
    shop.customer("eve")
    profile = analytics.profile("eve")
    assert profile is not None
    assert (profile.rfm, profile.discount_share, profile.segment, profile.hours) == (None, None, None, {})
    assert profile.engagement.score == 0.0
    assert profile.preferences.inferred == {}
    assert profile.updated_at is None


def test_nobody_has_no_profile(analytics: ShopAnalytics) -> None:
    assert analytics.profile("nobody") is None


def test_doings_on_the_site_and_turns_count_at_once(shop: SmallShop, analytics: ShopAnalytics) -> None:
    with shop.database.write() as connection:
        analytics.event_service().count_turn(connection, "ana", "telegram", NOW)
    profile = analytics.profile("ana")
    assert profile is not None
    assert profile.channels == {"telegram": 1.0}
    assert profile.browsing.last_seen_at == NOW
    assert profile.updated_at == NOW


def test_an_order_worked_in_by_events_is_counted_once(shop: SmallShop, analytics: ShopAnalytics) -> None:
    shop.order("ana", ["tea"], days=-0.01, total=5.0)
    with shop.database.write() as connection:
        analytics.event_service().count_orders(connection, "ana", NOW)
    profile = analytics.profile("ana")
    assert profile is not None
    assert profile.rfm is not None
    assert (profile.rfm.frequency, profile.rfm.monetary) == (3 + 1, 18.0 + 5.0)


def test_her_class_and_her_way_through_the_segments_are_told(shop: SmallShop, analytics: ShopAnalytics) -> None:
    move = {"customer_id": "ana", "to_segment": 1, "name": "Regulars", "model_version": "v1", "why": "rebuild"}
    with shop.database.write() as connection:
        connection.execute(insert(segment_moves).values(**move, at=ago(3)))
    profile = analytics.profile("ana")
    assert profile is not None
    assert profile.rfm_class == "Need attention"
    assert profile.segment_history == (SegmentMove(segment_id=1, name="Regulars", at=ago(3), why="rebuild"),)


def test_how_she_shops_is_not_told_where_she_wants_nothing_personal(shop: SmallShop, analytics: ShopAnalytics) -> None:
    assert analytics.standing("ana").segment == "loyal"
    analytics.account_service().decide("ana", {"personalisation": False}, "key")
    assert analytics.standing("ana").segment == "regular"
