"""Days are told as they are where the shop is, not in UTC."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from actions import wording
from actions.action_last_order import TellLastOrder
from tests.support import demo_shop
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import Conversation

#: Nine in the evening of the 4th in New York.
LATE = datetime(2026, 5, 5, 1, 0, tzinfo=UTC)


def test_a_day_is_that_of_the_zone_and_only_within_the_block() -> None:
    with wording.told_in("America/New_York"):
        assert wording.day(LATE, today=LATE.date()) == "4 May"
    assert wording.day(LATE, today=LATE.date()) == "5 May"


async def test_an_order_of_the_evening_is_told_on_its_own_day() -> None:
    shop = FakeAnalytics()
    shop.facts = replace(shop.facts, timezone="America/New_York")
    shop.orders_of["ana"] = [replace(demo_shop.ON_ITS_WAY, placed_at=LATE)]
    said = await Conversation(shop, "ana").meets(TellLastOrder(), "what did i order last")
    assert said.always_says("4 May")
