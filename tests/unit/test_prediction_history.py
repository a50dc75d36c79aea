"""Purchase days and their summary as of a day, counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from analytics.prediction.history import History, date_of, day_of, history_of, read_history
from analytics.workspace import open_workspace


def bought(**days: list[tuple[int, float]]) -> History:
    """Make a history of (day, money) by customer."""
    rows = [(name, day, money) for name, listed in days.items() for day, money in listed]
    names, places = np.unique(np.array([row[0] for row in rows]), return_inverse=True)
    return history_of(names, places, np.array([row[1] for row in rows]), np.array([row[2] for row in rows]))


def test_recency_is_days_from_the_first_purchase_to_the_last() -> None:
    summary = bought(ana=[(0, 10.0), (10, 20.0), (40, 60.0)], ben=[(30, 5.0)]).summary(100)
    assert summary.repeats.tolist() == [2, 0]
    assert summary.recency.tolist() == [40, 0]
    assert summary.age.tolist() == [100, 100 - 30]
    assert summary.spend.tolist() == [(10 + 20 + 60) / 3, 5]


def test_a_summary_knows_nothing_of_its_own_day_or_later() -> None:
    history = bought(ana=[(0, 10.0), (10, 20.0)], ben=[(10, 5.0)])
    summary = history.summary(10)
    assert [history.customers[place] for place in summary.customer] == ["ana"]
    assert summary.repeats.tolist() == [0]
    days, money = history.bought_within(10, 5)
    assert days.tolist() == [1, 1]
    assert money.tolist() == [20, 5]


def test_orders_that_cost_nothing_are_purchases_without_a_say_in_what_one_is_worth() -> None:
    summary = bought(ana=[(0, 0.0), (7, 30.0)]).summary(8)
    assert summary.repeats.tolist() == [1]
    assert summary.spend.tolist() == [30]
    assert summary.paid_days.tolist() == [1]


def test_orders_of_one_day_in_the_shops_zone_are_one_purchase() -> None:
    with open_workspace() as sales:
        sales.execute("CREATE TABLE lines (order_id VARCHAR, product_id VARCHAR)")
        sales.execute("CREATE TABLE orders (order_id VARCHAR, customer_id VARCHAR, placed_at TIMESTAMP, total DOUBLE)")
        sales.execute(
            "INSERT INTO orders VALUES ('o1', 'ana', '2026-03-01 22:00', 5), ('o2', 'ana', '2026-03-02 01:00', 7), "
            "('o3', 'ana', '2026-03-09 12:00', 9)"
        )
        now = datetime(2026, 3, 5, tzinfo=UTC)
        here = read_history(sales, now, "America/New_York")
        there = read_history(sales, now)
    assert [(date_of(day), money) for day, money in zip(here.day, here.amount, strict=True)] == [(date(2026, 3, 1), 12)]
    assert there.day.tolist() == [day_of(date(2026, 3, 1)), day_of(date(2026, 3, 2))]


@pytest.mark.parametrize("day", [0, 50])
def test_nobody_is_summed_up_where_nobody_bought(day: int) -> None:
    nothing = np.zeros(0, dtype=np.int64)
    empty = history_of(np.zeros(0, dtype=np.str_), nothing, nothing, np.zeros(0))
    assert len(empty.summary(day).customer) == 0
    assert (empty.first_day, empty.last_day) == (0, 0)
