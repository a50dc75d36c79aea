"""What state an order is in: reported, or estimated from the delivery promise."""

from __future__ import annotations

import pytest

from analytics.orders.states import estimated_state, reported_state
from tests.support.shop_analytics import PROMISE
from tests.support.shop_in_memory import NOW, ago


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Pending", "being_prepared"),
        ("pending (items modified)", "being_prepared"),
        ("in transit", "on_its_way"),
        ("out-for-delivery", "on_its_way"),
        ("SHIPPED", "on_its_way"),
        ("delivered", "delivered"),
        ("cancelled by customer", "cancelled"),
        ("refunded", "returned"),
    ],
)
def test_the_words_of_shop_systems_are_understood(status: str, state: str) -> None:
    assert reported_state(status) == state


@pytest.mark.parametrize("status", [None, "", "  ", "(none)", "step 4 of the new process"])
def test_unknown_words_say_nothing(status: str | None) -> None:
    assert reported_state(status) is None


@pytest.mark.parametrize(
    ("hours", "state"),
    [(0, "being_prepared"), (23.9, "being_prepared"), (24, "on_its_way"), (47.9, "on_its_way"), (48, "delivered")],
)
def test_without_a_status_the_promise_tells(hours: float, state: str) -> None:
    assert estimated_state(ago(hours / 24), NOW, PROMISE) == state
