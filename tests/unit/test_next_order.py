"""When she orders next: her rhythm by hand, few customers, nobody, and nothing looked at that comes later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.prediction.next_order import predict_next_orders
from analytics.prediction.rhythm import rhythms_of
from analytics.prediction.visit_figures import NAMES, visit_figures
from analytics.prediction.visits import Visits, visits_of
from analytics.prediction.waiting import waits_at
from tests.support.little_sales import sales_of

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)

WEEKLY = [(f"a{n}", "ana", f"2026-02-{day:02}T12:00:00", 10.0) for n, day in enumerate((3, 10, 17, 24))]


def visits(days: dict[str, list[float]]) -> Visits:
    who = [place for place, one in enumerate(days.values()) for _ in one]
    flat = [day for one in days.values() for day in one]
    return Visits(
        customers=tuple(days), who=np.array(who, dtype=np.int64), day=np.array(flat), spent=np.full(len(flat), 10.0)
    )


def test_orders_of_one_day_in_the_shops_zone_are_one_visit() -> None:
    late = [("a", "ana", "2026-03-01T23:30:00", 5.0), ("b", "ana", "2026-03-02T00:30:00", 7.0)]
    with sales_of(late) as sales:
        assert visits_of(sales, NOW, "UTC").counts().tolist() == [2]
        in_berlin = visits_of(sales, NOW, "Europe/Berlin")  # both on the second of March
    assert in_berlin.counts().tolist() == [1]
    assert in_berlin.spent.tolist() == [5.0 + 7.0]


def test_gaps_are_between_visits_of_the_same_customer_only() -> None:
    who, gap = visits({"ana": [0.0, 7.0, 17.0], "ben": [3.0, 5.0]}).gaps()
    assert list(zip(who.tolist(), gap.tolist(), strict=True)) == [(0, 7.0 - 0.0), (0, 17.0 - 7.0), (1, 5.0 - 3.0)]


def test_a_rhythm_is_drawn_from_the_shops_towards_her_own_by_the_number_of_her_gaps() -> None:
    found = rhythms_of(visits({"ana": [0, 8, 16, 24], "ben": [0, 20], "cleo": [0]}))
    ties = found.shop.within / found.shop.between
    assert found.level[0] == pytest.approx((3 * log(8) + ties * found.shop.level) / (3 + ties))
    assert found.level[1] == pytest.approx((1 * log(20) + ties * found.shop.level) / (1 + ties))
    assert found.level[2] == pytest.approx(found.shop.level)


def test_a_shop_without_any_gap_has_the_rhythm_of_an_average_shop() -> None:
    assert exp(rhythms_of(visits({"ana": [0.0]})).shop.level) == pytest.approx(30)


def test_the_median_wait_splits_what_is_left_of_the_gap_in_halves() -> None:
    found = rhythms_of(visits({"ana": [0, 10, 20, 30, 40, 50]}))
    wait = found.waits(0.5, np.array([6.0]), 90.0)[0]

    def before(days: float) -> float:
        return float(found._before(np.array([days]))[0])

    assert before(6 + wait) - before(6) == pytest.approx(0.5 * (before(6 + 90) - before(6)))


def test_the_figures_of_a_customer_are_those_of_her_visits_before_the_day() -> None:
    known = visits({"ana": [0.0, 4.0, 12.0], "ben": [2.0]})
    figures, _ = visit_figures(known, 20.0)
    ana = dict(zip(NAMES, figures[0].tolist(), strict=True))
    assert (ana["silence"], ana["age"], ana["visits"], ana["mean_gap"]) == (20 - 12, 20 - 0, 3, (4 + 8) / 2)
    assert (ana["visits_30"], ana["spent"]) == (3, pytest.approx(log(1 + 30)))
    assert (ana["last_1_gaps"], ana["last_3_gaps"]) == (pytest.approx(log(8)), pytest.approx((log(4) + log(8)) / 2))
    assert np.isnan(figures[1][NAMES.index("mean_gap")])


def test_a_share_of_the_returns_falls_where_the_curve_says() -> None:
    left = np.array([[1.0, 0.6, 0.2]])  # of 0.8 who come within 10 days, half come within 4
    edges = np.array([0.0, 4.0, 10.0])
    assert waits_at(0.5, left, edges).tolist() == [pytest.approx(4.0)]
    assert waits_at(0.75, left, edges).tolist() == [pytest.approx(4 + (0.75 - 0.5) / 0.5 * 6)]


@given(st.lists(st.floats(0.01, 0.99), min_size=2, max_size=8), st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_more_of_the_returns_take_longer(hazards: list[float], one: float, other: float) -> None:
    left = np.concatenate([[1.0], np.cumprod(1 - np.array(hazards))])[None, :]
    edges = np.arange(len(hazards) + 1, dtype=np.float64)
    low, high = sorted((one, other))
    assert 0 <= waits_at(low, left, edges)[0] <= waits_at(high, left, edges)[0] + 1e-9 <= len(hazards) + 1e-9


def test_nobody_has_ordered_so_nothing_is_foretold() -> None:
    with sales_of([]) as sales:
        assert predict_next_orders(sales, NOW) == {}


def test_a_weekly_customer_is_expected_within_days_and_told_why() -> None:
    with sales_of([*WEEKLY, ("a9", "ana", "2026-03-03T12:00:00", 10.0)]) as sales:
        found = predict_next_orders(sales, NOW)["ana"]
    assert (found.kind, found.basis) == ("next_order", "history")
    assert 0 <= found.low <= found.value <= found.high <= (found.horizon_days or 0)
    assert found.reason == "orders about every 7 days, last on 3 March"


def test_a_single_order_is_answered_by_the_shops_rhythm_with_a_wide_range() -> None:
    with sales_of([("o", "ana", "2026-03-01T12:00:00", 10.0)]) as sales:
        found = predict_next_orders(sales, NOW)["ana"]
    assert found.basis == "shop"
    assert found.reason == "one order so far, on 1 March; customers of this shop order about every 30 days"
    assert found.high > found.low


def test_a_long_silence_is_told() -> None:
    with sales_of(WEEKLY) as sales:
        found = predict_next_orders(sales, NOW + timedelta(days=60))["ana"]
    assert found.reason.startswith("ordered about every 7 days until 24 February, silent for ")


def test_orders_after_the_moment_change_nothing() -> None:
    later = [("z", "ana", "2026-03-11T12:00:00", 10.0), ("y", "new", "2026-03-12T12:00:00", 10.0)]
    with sales_of(WEEKLY) as sales, sales_of([*WEEKLY, *later]) as knowing:
        assert predict_next_orders(sales, NOW) == predict_next_orders(knowing, NOW)
