"""Best hour and channel: shares by hand, few events drawn to the shop's, a flat day called not known well."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.prediction.contact_habits import Contact, predict_best_channels, predict_best_hours
from analytics.prediction.habit_shares import shares_of
from tests.support.little_sales import sales_of

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
EVENINGS = [(f"o{day}", "ana", f"2026-02-{day:02}T18:10:00", 10.0) for day in range(1, 21)]


def contact(customer: str, channel: str, days: float = 1.0) -> Contact:
    return Contact(customer_id=customer, at=NOW - timedelta(days=days), channel=channel)


def test_a_share_is_drawn_towards_the_shops_by_its_strength() -> None:
    found = shares_of(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1]), np.ones(4), 2, 2)
    votes = [2 / (3 + 1) + 0.5, 1 / (3 + 1) + 1 / (1 + 1) + 0.5]
    shop = [vote / sum(votes) for vote in votes]
    assert found.shop.tolist() == pytest.approx(shop)
    assert found.expected[0, 0] == pytest.approx((2 + found.strength * shop[0]) / (3 + found.strength))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6)), max_size=60))
def test_shares_add_up_to_one_and_lie_within_their_range(events: list[tuple[int, int]]) -> None:
    who, kind = (np.array([event[place] for event in events], dtype=np.int64) for place in (0, 1))
    found = shares_of(who, kind, np.ones(len(events)), 5, 7)
    assert found.expected.sum(axis=1) == pytest.approx(np.ones(5))
    low, high = found.bounds(found.expected[:, 0])
    assert (low <= high).all()
    assert ((low >= 0) & (high <= 1)).all()


def test_somebody_who_orders_in_the_evening_is_written_to_in_the_evening() -> None:
    with sales_of(EVENINGS) as sales:
        found = predict_best_hours(sales, NOW)["ana"]
    assert found.label in {"17", "18", "19"}
    assert (found.kind, found.basis) == ("best_hour", "history")
    assert found.value > 3 / 24
    assert found.reason.startswith("ordered or wrote 20 times, 20 of them between ")


def test_hours_are_told_in_the_shops_zone() -> None:
    with sales_of(EVENINGS) as sales:
        assert predict_best_hours(sales, NOW, "Asia/Tokyo")["ana"].label in {"2", "3", "4"}  # nine hours later


def test_an_order_or_two_is_not_known_well() -> None:
    flat = [(f"f{hour}", f"c{hour}", f"2026-03-01T{hour:02}:00:00", 5.0) for hour in range(24)]
    with sales_of(flat) as sales:
        found = predict_best_hours(sales, NOW)["c3"]
    assert found.basis == "shop"
    assert found.reason.startswith("not known well: ordered or wrote once")


def test_what_she_wrote_counts_beside_her_orders_and_nothing_from_the_future_does() -> None:
    wrote = [Contact(customer_id="ben", at=NOW - timedelta(days=day, hours=3), channel="web") for day in range(20)]
    later = [Contact(customer_id="cleo", at=NOW + timedelta(hours=1), channel="web")]
    with sales_of([]) as sales:
        found = predict_best_hours(sales, NOW, contacts=[*wrote, *later])
    assert set(found) == {"ben"}
    assert found["ben"].label in {"8", "9", "10"}


def test_without_orders_and_messages_nothing_is_told() -> None:
    with sales_of([]) as sales:
        assert predict_best_hours(sales, NOW) == {}
    assert predict_best_channels([], NOW) == {}


def test_the_channel_is_the_one_she_writes_on() -> None:
    contacts = [*(contact("ana", "telegram", day) for day in range(12)), *(contact("ben", "web", n) for n in range(12))]
    found = predict_best_channels(contacts, NOW)
    assert (found["ana"].label, found["ana"].basis) == ("telegram", "history")
    assert found["ana"].reason == "wrote 12 times, 12 of them on telegram"
    assert found["ana"].value > found["ana"].baseline


def test_one_message_leaves_the_channel_to_the_shop() -> None:
    contacts = [contact("ana", "telegram"), *(contact(f"c{n}", "web") for n in range(30))]
    assert predict_best_channels(contacts, NOW)["ana"].value < 1.0
