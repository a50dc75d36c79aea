"""The moment from which days are counted, of shops that go on and of those whose data ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from analytics.shop.today import STALE, shop_today, today_of
from tests.support.shop_analytics import analytics_of
from tests.support.shop_in_memory import NOW, SmallShop, ago

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)


def test_today_is_now_until_data_ended_two_weeks_ago() -> None:
    assert shop_today(None, AT) == AT
    assert shop_today(AT - STALE, AT) == AT
    assert shop_today(AT - STALE - timedelta(seconds=1), AT) == AT - STALE - timedelta(seconds=1)


def test_the_last_order_is_the_last_that_held_and_has_been() -> None:
    shop = SmallShop()
    shop.product("milk", "Milk", category="Dairy")
    shop.customer("ana")
    with shop.database.read() as connection:
        assert today_of(connection, NOW) == NOW
    shop.order("ana", ["milk"], days=400)
    shop.order("ana", ["milk"], days=1, status="cancelled")
    shop.order("ana", ["milk"], days=-5)
    with shop.database.read() as connection:
        assert today_of(connection, NOW) == ago(400)


def test_a_profile_of_old_data_counts_from_their_end(tmp_path: Path) -> None:
    shop = SmallShop()
    shop.product("milk", "Milk", category="Dairy")
    for name, days in (("ana", 5549), ("ben", 5540)):
        shop.customer(name)
        shop.order(name, ["milk"], days=days, total=4.0)
        scores = {"recency_score": 3, "frequency_score": 4, "monetary_score": 2}
        shop.features(name, segment_id=1, recency_days=0, frequency=1, monetary=4.0, behaviour=scores)
    profile = analytics_of(shop, tmp_path).profile("ana")
    assert profile is not None
    assert profile.rfm is not None
    assert profile.rfm.recency_days == pytest.approx(5549 - 5540)
