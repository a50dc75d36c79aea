"""What is due to be bought again, by a customer's own rhythm."""

from __future__ import annotations

from analytics.recommendation.again import habits_of, is_due, reason_of
from store.repositories.orders import Purchase
from tests.support.shop_in_memory import NOW, ago


def bought(product_id: str, *days: float) -> list[Purchase]:
    return [Purchase(f"{product_id}-{day}", ago(day), product_id) for day in days]


def test_what_is_bought_every_ten_days_is_due_after_eight_and_until_thirty() -> None:
    rhythm = (20, 10, 0)
    assert not is_due([ago(day + 7.9) for day in rhythm], NOW)
    assert is_due([ago(day + 8.1) for day in rhythm], NOW)
    assert is_due([ago(day + 29) for day in rhythm], NOW)
    assert not is_due([ago(day + 31) for day in rhythm], NOW)


def test_twice_is_no_rhythm() -> None:
    assert not is_due([ago(20), ago(10)], NOW)


def test_what_is_due_comes_before_what_is_bought_more_often() -> None:
    habits = habits_of([*bought("milk", 15, 11, 7, 3, 1), *bought("soap", 90, 60, 30)], NOW)
    assert [(one.product_id, one.due) for one in habits] == [("soap", True), ("milk", False)]


def test_of_what_is_due_what_she_buys_more_often_comes_first() -> None:
    habits = habits_of([*bought("soap", 90, 60, 30), *bought("milk", 40, 30, 20, 10)], NOW)
    assert [one.product_id for one in habits] == ["milk", "soap"]


def test_the_reason_says_that_it_may_be_time_only_where_it_is_due() -> None:
    due, not_due = habits_of([*bought("soap", 90, 60, 30), *bought("milk", 15, 11, 7, 3, 1)], NOW)
    assert reason_of(due, NOW).text == "you buy it about every 30 days, last on 10 April, so it may be time again"
    assert reason_of(due, NOW).evidence["due"] is True
    assert "time again" not in reason_of(not_due, NOW).text


def test_orders_of_the_future_do_not_count() -> None:
    assert habits_of(bought("milk", -3), NOW) == []
