"""What a report counts, on a shop that can be counted by hand (tests/support/counted_shop.py)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from analytics.report_records import Chart
from analytics.reporting.comings import cohorts, comings
from analytics.reporting.goods import discounts, top_categories, top_products
from analytics.reporting.ground import Ground, ground_of
from analytics.reporting.groups import frequency_and_money, values_by_department, values_by_segment
from analytics.reporting.seasons import hours, months, weekdays
from analytics.reporting.shop import MAKERS, shop_section
from analytics.reporting.spreads import basket_sizes, order_gaps, order_values, recency
from store.memory import memory_database
from tests.support.counted_shop import NOW, counted_shop, put_into_segments


@pytest.fixture
def ground() -> Iterator[Ground]:
    database = counted_shop()
    put_into_segments(database, {"ana": 1, "ben": 2}, {1: "Regulars", 2: "Gone"})
    with ground_of(database, NOW, "UTC", "$") as made:
        yield made


def rows_of(chart: Chart | None) -> dict[Any, tuple[Any, ...]]:
    assert chart is not None
    return {row[0]: row[1:] for row in chart.read.rows}


def test_orders_are_counted_by_what_was_paid(ground: Ground) -> None:
    chart = order_values(ground)
    assert chart is not None
    # Paid: 10, 10, 10, 20, 20, 30, 40; the middle one of seven is 20.
    assert (chart.n, chart.title[:44]) == (7, "Half of the orders are worth $20.00 or less,")
    assert sum(count for _, count, _ in chart.read.rows) == 7
    assert next((label, count) for label, count, _ in chart.read.rows if count) == ("10–12", 3)
    assert chart.read.rows[-1][0] == "40 and more"


def test_a_basket_is_its_different_products(ground: Ground) -> None:
    # One product in five orders, two in ana's last, three in cleo's.
    assert [count for count, _ in rows_of(basket_sizes(ground)).values()] == [0, 5, 1, 1]


def test_gaps_lie_between_two_orders_of_the_same_customer(ground: Ground) -> None:
    chart = order_gaps(ground)
    assert chart is not None
    # ana: 50, 50, 49.5 days; ben: 10 days.
    assert (chart.n, sum(row[1] for row in chart.read.rows)) == (4, 4)
    assert "within 50 days of the one before" in chart.title


def test_recency_is_counted_from_the_last_order(ground: Ground) -> None:
    chart = recency(ground)
    assert chart is not None
    # ana half a day, cleo 3 days, ben 130 days.
    assert chart.title == "Half of the customers ordered within 3 days; 33\u00a0% have been away for over 90 days"


def test_months_hold_what_was_paid_in_them(ground: Ground) -> None:
    # 1 January is 150 days back, 11 and 21 January 140 and 130; 20 February, 11 April, and 28 and 31 May.
    assert rows_of(months(ground)) == {
        "Jan 2026": (10 + 20 + 20, 3, 2), "Feb 2026": (10.0, 1, 1), "Apr 2026": (10.0, 1, 1),
        "May 2026 so far": (40 + 30, 2, 2),
    }  # fmt: skip


def test_an_average_weekday_counts_days_without_an_order(ground: Ground) -> None:
    found = rows_of(weekdays(ground))
    # From Thursday 1 January to Sunday 31 May: 22 Thursdays, of which only 1 January and 28 May brought orders.
    assert found["Thursday"] == (round(2 / 22, 1), round((10 + 40) / 22, 2), 22)
    assert found["Monday"] == (0.0, 0.0, 21)


def test_hours_are_told_in_the_zone_of_the_shop() -> None:
    with ground_of(counted_shop(), NOW, "America/New_York", "$") as ground:
        found = rows_of(hours(ground))
    # Noon in UTC is 7 in New York in winter, 8 in summer; ana's last order was placed at midnight UTC.
    assert {hour: sum(row[:7]) for hour, row in found.items() if sum(row[:7])} == {"07:00": 4, "08:00": 2, "20:00": 1}


def test_boxes_hold_quartiles_of_each_segment(ground: Ground) -> None:
    found = rows_of(values_by_segment(ground))
    assert found["Regulars"] == (10.0, 10.0, 10.0, 15.0, 27.0, 4)
    assert found["Gone"] == (20.0,) * 5 + (2,)
    assert values_by_department(ground) is None, "no department has the twenty orders it takes"


def test_points_are_customers_coloured_by_segment(ground: Ground) -> None:
    chart = frequency_and_money(ground)
    assert chart is not None
    assert chart.drawn.rows == ((4, 60.0, "Regulars"), (2, 40.0, "Gone"), (1, 40.0, "No segment"))


def test_products_and_categories_are_ordered_by_what_they_bring(ground: Ground) -> None:
    # Milk: 10 + 10 + 10 + 30/2 + 40/3; tea: 20 + 20 + 30/2 + 40/3; soap: 40/3.
    assert rows_of(top_products(ground)) == {
        "Tea": (68.33, 4, 4, "Hot drinks"), "Milk": (58.33, 5, 5, "Dairy"), "Soap": (13.33, 1, 1, "Care"),
    }  # fmt: skip
    shares = [row[-1] for row in rows_of(top_categories(ground)).values()]
    assert shares == [pytest.approx(part / 140, abs=1e-3) for part in (68.33, 58.33, 13.33)]


def test_discounts_are_a_share_of_the_price_before_them(ground: Ground) -> None:
    # A tenth of what was paid was taken off: 0.1 / 1.1.
    assert rows_of(discounts(ground))["Jan 2026"] == (round(0.1 / 1.1, 4), 5.0, 1.0, 3)


def test_who_came_before_the_data_is_not_called_new(ground: Ground) -> None:
    found = rows_of(comings(ground))
    # The first two months tell nothing; from April on ana returns, and cleo is new in May.
    assert found == {"Apr 2026": (1, 0, 0), "May 2026 so far": (1, 1, 0)}


def test_cohorts_keep_the_share_that_orders_again() -> None:
    bought = {
        **{f"old{number}": ((300, 5, ("tea",)), (290, 5, ("tea",))) for number in range(3)},
        "old": ((300, 5, ("tea",)), (1, 5, ("tea",))),
        "vera": ((100, 5, ("tea",)), (70, 5, ("tea",))), "yara": ((95, 5, ("tea",)),), "zoe": ((65, 5, ("tea",)),),
    }  # fmt: skip
    with ground_of(counted_shop(bought), NOW, "UTC", "$") as ground:
        chart = cohorts(ground)
    # vera and yara came in February, vera came again in March; zoe came in March. May is not over.
    assert rows_of(chart) == {"Feb 2026": (2, 0.5, 0.0), "Mar 2026": (1, 0.0, None)}


def test_lost_is_who_was_not_seen_for_ninety_days() -> None:
    early = ((300, 5, ("tea",)), (1, 5, ("tea",)))
    bought = {"early": early, "ben": ((140, 5, ("tea",)),), "ana": ((80, 5, ("tea",)),)}
    with ground_of(counted_shop(bought), NOW, "UTC", "$") as ground:
        found = rows_of(comings(ground))
    assert found == {"Jan 2026": (0, 1, 1), "Mar 2026": (0, 1, 0), "May 2026 so far": (1, 0, 0)}


def test_a_shop_that_stands_still_is_told_as_of_its_last_order() -> None:
    with ground_of(counted_shop(), NOW + timedelta(days=400), "UTC", "$") as ground:
        assert ground.is_stale
        assert ground.as_of == NOW - timedelta(days=0.5)
        assert ground.recent == 7


def test_a_shop_without_orders_says_what_to_run() -> None:
    with ground_of(memory_database(), NOW, "UTC", "$") as ground:
        assert [make(ground) for make in MAKERS] == [None] * len(MAKERS)
        assert shop_section(ground).missing == ("There are no orders yet: run `rapport import`.",)
