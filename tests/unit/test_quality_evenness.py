"""Days without orders, and weeks far from their neighbours."""

from __future__ import annotations

from datetime import date, timedelta

from analytics.quality.evenness import Day, unusual_gaps, unusual_weeks

MONDAY = date(2026, 1, 5)


def daily(weeks: int, orders: int = 10) -> list[Day]:
    return [(MONDAY + timedelta(days=day), orders, orders * 5.0) for day in range(7 * weeks)]


def test_a_shop_that_sells_every_day_has_no_gap() -> None:
    assert unusual_gaps(daily(4)) == []
    assert unusual_gaps([]) == []


def test_a_closed_week_is_told_with_its_first_and_last_day() -> None:
    days = [day for day in daily(6) if not 14 <= (day[0] - MONDAY).days < 21]
    (gap,) = unusual_gaps(days)
    assert (gap.first, gap.last, gap.days) == (MONDAY + timedelta(days=14), MONDAY + timedelta(days=20), 7)


def test_closed_weekends_are_usual() -> None:
    assert unusual_gaps([day for day in daily(8) if day[0].weekday() < 5]) == []


def test_a_week_of_three_times_the_orders_is_told() -> None:
    days = [(day, 3 * n if (day - MONDAY).days // 7 == 4 else n, money) for day, n, money in daily(9)]
    (jump,) = unusual_weeks(days)
    assert (jump.what, jump.week, jump.value, jump.usual) == ("orders", MONDAY + timedelta(weeks=4), 7 * 30, 7 * 10)


def test_a_week_in_which_money_alone_jumps_is_told_as_money() -> None:
    days = [(day, n, 100 * money if (day - MONDAY).days == 30 else money) for day, n, money in daily(9)]
    (jump,) = unusual_weeks(days)
    assert (jump.what, jump.value, jump.usual) == ("money", 6 * 50.0 + 100 * 50.0, 7 * 50.0)


def test_weeks_that_the_data_cut_short_are_not_judged() -> None:
    assert unusual_weeks(daily(9)[3:-3]) == []


def test_a_tiny_shop_is_left_in_peace() -> None:
    assert unusual_weeks([(day, 1 if day.day % 9 else 5, money) for day, _, money in daily(9)][::4]) == []
