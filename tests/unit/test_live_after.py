"""What one event makes of the live profile, by figures worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from analytics.live.after import after, after_order, after_turn
from analytics.live.purchases import Purchase
from analytics.live.state import LiveState, from_raw, to_raw
from tests.support.live_events import CLOCK, DAY, HOUR, MINUTE, NOON, event, page


def moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def seen(*events: object, start: LiveState | None = None) -> LiveState:
    state = start or LiveState()
    for one in events:
        state = after(state, one, CLOCK, {"p1": "Tea"})  # type: ignore[arg-type]
    return state


def test_two_orders_give_count_money_gap_discount_and_habits() -> None:
    first = after_order(LiveState(), Purchase(NOON - 10 * DAY, 30.0, 0.0, ["Tea", "Tea", None]), CLOCK)
    state = after_order(first, Purchase(NOON, 60.0, 10.0, ["Coffee"]), CLOCK)
    assert (state.bought.orders, state.bought.money, state.bought.lines) == (2, 90.0, 4)
    assert state.mean_gap_days == 10
    assert state.discount_share == 10 / (90 + 10)
    assert state.bought.weekend == 1  # Sunday; ten days before was a Thursday
    assert state.hours() == {7: 1.0}
    assert state.figures(NOON + 2 * DAY) == pytest.approx(
        {
            "recency_days": 2.0, "frequency": 2.0, "monetary": 90.0, "basket_value": 90 / 2, "lines_per_order": 4 / 2,
            "discount_share": 0.1, "weekend_share": 1 / 2, "days_between_orders": 10.0, "categories_bought": 2.0,
        }
    )  # fmt: skip
    # Two lines of tea ten days ago, one of coffee now; habits fade by half in 90 days.
    tea = 2 * 2 ** (-10 / 90)
    assert state.categories() == pytest.approx({"Tea": tea / (tea + 1), "Coffee": 1 / (tea + 1)}, rel=1e-4)


def test_nothing_is_known_of_a_customer_without_orders() -> None:
    assert LiveState().figures(NOON) == {}
    assert LiveState().mean_gap_days is None
    assert LiveState().discount_share is None


def test_views_tell_products_categories_and_engagement() -> None:
    state = seen(
        event("view", NOON, product_id="p1", category="tracker says otherwise"),
        event("view", NOON + MINUTE, product_id="p2", category="Milk"),
        event("view", NOON + 2 * MINUTE, product_id="p1"),
    )
    assert state.seen.views == 3
    assert [product for product, _ in state.seen.viewed] == ["p1", "p2"]
    assert state.categories() == pytest.approx({"Tea": 2 / 3, "Milk": 1 / 3}, rel=1e-3)
    assert state.actions(moment(NOON + 2 * MINUTE)) == pytest.approx({"views": 3.0, "visits": 1.0}, rel=1e-3)
    assert state.channels() == {"web": 1.0}


def test_a_cart_is_filled_emptied_and_closed_by_the_order() -> None:
    filled = seen(
        event("add", NOON, product_id="p1", quantity=2),
        event("add", NOON + 1, product_id="p2"),
        event("remove", NOON + 2, product_id="p1", quantity=1),
    )
    assert filled.seen.cart == {"p1": 1, "p2": 1}
    emptied = seen(event("remove", NOON + 3, product_id="p2"), start=filled)
    assert emptied.seen.cart == {"p1": 1}
    closed = seen(event("order", NOON + 4, order_id="o1"), start=emptied)
    assert (closed.seen.cart, closed.seen.carts, closed.seen.carts_abandoned) == ({}, 1, 0)


def test_a_cart_left_for_more_than_a_day_is_abandoned_once() -> None:
    left = seen(event("add", NOON, product_id="p1"))
    assert left.settled(moment(NOON + DAY)).seen.carts_abandoned == 0
    gone = left.settled(moment(NOON + DAY + 1))
    assert (gone.seen.cart, gone.seen.carts_abandoned) == ({}, 1)
    back = seen(event("add", NOON + 2 * DAY, product_id="p2"), start=left)
    assert (back.seen.cart, back.seen.carts, back.seen.carts_abandoned) == ({"p2": 1}, 2, 1)


def test_a_session_counts_pages_and_seconds_by_kind() -> None:
    state = seen(
        page("/", NOON),
        page("/help/delivery", NOON + 20),
        page("/p/p1", NOON + 50),
        event("view", NOON + 51, product_id="p1"),  # the same page, told twice
        event("add", NOON + 80, product_id="p1"),
        page("/checkout", NOON + 90),
        page("/thanks", NOON + 150),
    )
    session = state.seen.session
    assert session is not None
    assert session.pages == {"product": 3, "informational": 1, "administrative": 1}
    assert session.seconds == {"product": 20 + 40, "informational": 30, "administrative": 60}
    assert (session.minutes, session.added, session.returning) == (150 / 60, 1, False)


def test_after_half_an_hour_without_an_event_a_new_session_begins() -> None:
    state = seen(page("/", NOON), page("/", NOON + 30 * MINUTE), page("/", NOON + 60 * MINUTE + 1))
    assert state.seen.session is not None
    assert (state.seen.session.began, state.seen.session.returning) == (NOON + 60 * MINUTE + 1, True)
    assert state.settled(moment(NOON + 2 * HOUR)).seen.session is None


def test_a_late_event_counts_but_changes_neither_cart_nor_session() -> None:
    state = seen(event("add", NOON, product_id="p1"), event("order", NOON - HOUR, order_id="o1"))
    assert state.seen.cart == {"p1": 1}
    assert (state.seen.last_seen, state.seen.events) == (NOON, 2)


def test_turns_of_the_chat_count_for_channel_hour_and_engagement() -> None:
    state = after_turn(LiveState(), "telegram", moment(NOON), CLOCK)
    assert (state.channels(), state.hours()) == ({"telegram": 1.0}, {7: 1.0})
    assert state.actions(moment(NOON)) == pytest.approx({"conversations": 1.0}, rel=1e-4)


def test_everything_is_bounded_however_much_comes() -> None:
    state = LiveState()
    for number in range(200):
        at = NOON + number
        state = seen(
            event("view", at, product_id=f"p{number}", category=f"c{number}", channel="web"),
            event("search", at, query=f"words {number}"),
            event("add", at, product_id=f"p{number}"),
            event(None, at, channel=f"channel {number}"),
            start=state,
        )
    now = state.seen
    assert len(now.viewed) == 10
    assert len(now.searches) == 5
    assert len(now.cart) == 50
    assert len(now.categories) == 32
    assert len(now.channels) == 12


def test_the_state_survives_its_plain_values_and_fields_of_another_version() -> None:
    state = seen(page("/", NOON), event("add", NOON, product_id="p1"))
    raw = to_raw(state)
    assert from_raw(raw) == state
    raw["seen"]["of_tomorrow"] = 1
    del raw["seen"]["searches"]
    assert from_raw(raw) == state
