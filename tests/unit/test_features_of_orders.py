"""Features that come from orders, worked by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import sqrt

import pytest

from analytics import columns as c
from analytics.features.decode import SCHEMA
from tests.support.sales import NOW, features_of, order

DAY = timedelta(days=1)


def test_recency_frequency_and_money() -> None:
    ana = features_of(order("ana", NOW - 40 * DAY, 10.10), order("ana", NOW - 2.5 * DAY, 20.20))["ana"]
    assert (ana[c.RECENCY_DAYS], ana[c.FREQUENCY], ana[c.TENURE_DAYS]) == (2.5, 2, 40)
    assert (ana[c.MONETARY], ana[c.BASKET_VALUE], ana[c.BIGGEST_BASKET]) == (30.30, 30.30 / 2, 20.20)


def test_cents_add_up_whatever_their_number() -> None:
    shop = features_of(*(order("ana", NOW - number * DAY, 0.1) for number in range(1, 1001)))
    assert shop["ana"][c.MONETARY] == 100  # 0.1 a thousand times is 99.99999999999986 in floats


def test_days_between_orders_and_how_regular_they_are() -> None:
    ana = features_of(*(order("ana", NOW - days * DAY) for days in (50, 40, 20)))["ana"]
    gaps = (10, 20)
    mean = sum(gaps) / 2
    spread = sqrt(((10 - mean) ** 2 + (20 - mean) ** 2) / (2 - 1))
    assert ana[c.DAYS_BETWEEN_ORDERS] == mean
    assert ana[c.INTERVAL_SPREAD] == pytest.approx(spread)
    assert ana[c.INTERVAL_REGULARITY] == pytest.approx(1 / (1 + spread / mean))


def test_a_customer_like_a_clock_has_no_spread() -> None:
    ana = features_of(*(order("ana", NOW - 7 * week * DAY) for week in range(1, 6)))["ana"]
    assert (ana[c.INTERVAL_SPREAD], ana[c.INTERVAL_REGULARITY]) == (0, 1)


def test_what_a_single_order_cannot_tell_is_absent() -> None:
    ana = features_of(order("ana", NOW - DAY))["ana"]
    assert (ana[c.DAYS_BETWEEN_ORDERS], ana[c.INTERVAL_SPREAD], ana[c.INTERVAL_REGULARITY]) == (None, None, None)


def test_two_orders_at_the_same_moment_are_two_orders_no_days_apart() -> None:
    ana = features_of(*[order("ana", NOW - DAY)] * 3)["ana"]
    assert (ana[c.FREQUENCY], ana[c.DAYS_BETWEEN_ORDERS], ana[c.INTERVAL_SPREAD]) == (3, 0, 0)
    assert ana[c.INTERVAL_REGULARITY] is None


def test_orders_are_counted_by_period_and_make_a_trend() -> None:
    days = (1, 29, 31, 89, 91, 179, 181)
    ana = features_of(*(order("ana", NOW - day * DAY, 10 * day) for day in days))["ana"]
    assert [ana[name] for name in (c.ORDERS_LAST_30_DAYS, c.ORDERS_LAST_90_DAYS, c.ORDERS_LAST_180_DAYS)] == [2, 4, 6]
    assert ana[c.ORDERS_90_DAYS_BEFORE] == 2
    assert ana[c.ORDER_TREND] == (4 - 2) / (4 + 2)
    assert ana[c.SPENT_LAST_90_DAYS] == 10 * (1 + 29 + 31 + 89)


def test_the_first_moment_of_a_period_is_outside_of_it() -> None:
    ana = features_of(order("ana", NOW - 90 * DAY))["ana"]
    assert (ana[c.ORDERS_LAST_90_DAYS], ana[c.ORDERS_90_DAYS_BEFORE], ana[c.ORDER_TREND]) == (0, 1, -1)
    assert ana[c.SPENT_LAST_90_DAYS] == 0


def test_who_bought_nothing_for_half_a_year_has_no_trend() -> None:
    assert features_of(order("ana", NOW - 300 * DAY))["ana"][c.ORDER_TREND] is None


def test_discounts_are_a_share_of_the_full_price() -> None:
    shop = features_of(order("ana", NOW - DAY, 9, 1), order("ana", NOW - DAY, 5, 5), order("ben", NOW - DAY, 0, 0))
    assert shop["ana"][c.DISCOUNT_SHARE] == (1 + 5) / (9 + 1 + 5 + 5)
    assert shop["ben"][c.DISCOUNT_SHARE] == 0


def test_hours_days_and_weekends_are_the_shops_on_both_sides_of_a_change_of_clock() -> None:
    # New York is 5 hours behind UTC until Sunday 8 March 2026, 2 in the morning (7 UTC), then 4.
    before = order("ana", datetime(2026, 3, 8, 6, 59, tzinfo=UTC))  # Sunday 1:59
    after = order("ben", datetime(2026, 3, 8, 7, 0, tzinfo=UTC))  # Sunday 3:00
    friday = order("cy", datetime(2026, 3, 7, 4, 30, tzinfo=UTC))  # Friday 23:30
    shop = features_of(before, after, friday, timezone="America/New_York")
    assert [shop[name][c.USUAL_HOUR] for name in ("ana", "ben", "cy")] == [1, 3, 23]
    assert [shop[name][c.WEEKEND_SHARE] for name in ("ana", "ben", "cy")] == [1, 1, 0]
    assert shop["cy"][c.LAST_ORDER] == date(2026, 3, 6)


def test_of_hours_and_daytimes_as_frequent_the_first_by_number_and_name_is_told() -> None:
    moments = [datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (23, 9, 23, 9, 14)]
    ana = features_of(*(order("ana", moment) for moment in moments))["ana"]
    assert (ana[c.USUAL_HOUR], ana[c.USUAL_TIME]) == (9, "morning")


@pytest.mark.parametrize(
    ("hour", "name"),
    [
        (4, "night"),
        (5, "morning"),
        (11, "morning"),
        (12, "afternoon"),
        (16, "afternoon"),
        (17, "evening"),
        (22, "night"),
    ],
)
def test_daytimes_begin_and_end(hour: int, name: str) -> None:
    assert features_of(order("ana", datetime(2026, 3, 2, hour, 59, tzinfo=UTC)))["ana"][c.USUAL_TIME] == name


def test_scores_are_fifths_and_ties_score_alike() -> None:
    shop = features_of(*(order(f"c{n}", NOW - n * DAY, 10 * n) for n in range(1, 6)), order("c6", NOW - 5 * DAY, 50))
    # Six customers: 1 of 6 are not above the least, 5·1/6 rounded up is 1; of the two best 6 of 6 are not above.
    assert [shop[f"c{n}"][c.MONETARY_SCORE] for n in range(1, 7)] == [1, 2, 3, 4, 5, 5]
    assert [shop[f"c{n}"][c.RECENCY_SCORE] for n in range(1, 7)] == [5, 5, 4, 3, 2, 2]
    assert {row[c.FREQUENCY_SCORE] for row in shop.values()} == {5}


def test_orders_after_the_moment_are_not_known() -> None:
    shop = features_of(order("ana", NOW - DAY), order("ana", NOW + DAY), order("ben", NOW + DAY))
    assert list(shop) == ["ana"]
    assert shop["ana"][c.FREQUENCY] == 1


def test_no_orders_no_rows_but_all_columns() -> None:
    assert features_of() == {}
    assert features_of(order("ana", NOW + DAY)) == {}
    assert len(SCHEMA.names) == len(set(SCHEMA.names))
