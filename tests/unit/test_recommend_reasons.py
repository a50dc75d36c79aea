"""The sentences that say why, and the figures behind them."""

from __future__ import annotations

import pytest

from analytics.recommendation import reasons
from tests.support.shop_in_memory import NOW, ago


def test_a_habit_tells_its_rhythm_and_the_last_time() -> None:
    reason = reasons.buy_again([ago(25), ago(16), ago(7)], NOW)
    assert reason.kind == "buy_again"
    assert reason.text == "you buy it about every 9 days, last on 3 May"
    assert reason.evidence == {"times_bought": 3, "days_between": (9 + 9) / 2, "last_bought": "2026-05-03"}


def test_a_former_habit_is_told_as_one() -> None:
    assert reasons.buy_again([ago(68), ago(59), ago(50)], NOW).text.startswith("you used to buy it about every 9 days")


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ([7], "you bought it on 3 May"),
        ([400], "you bought it on 5 April 2025"),
        ([16, 7], "you bought it twice, last on 3 May"),
        ([7.2, 7.1, 7], "you bought it 3 times, last on 3 May"),
        ([127, 67, 7], "you buy it about every 2 months, last on 3 May"),
        ([9, 8, 7], "you buy it about every day, last on 3 May"),
    ],
)
def test_few_or_odd_purchases_are_told_as_they_are(days: list[float], text: str) -> None:
    assert reasons.buy_again([ago(one) for one in days], NOW).text == text


def test_neighbours_are_counted() -> None:
    reason = reasons.neighbours(62, 100, 0.21)
    assert reason.text == "popular with shoppers whose baskets look like yours (6 in 10 of them bought it)"
    assert reason.evidence == {"bought_by": 62, "neighbours": 100, "share_of_all": 0.21}


def test_only_the_most_bought_are_called_so() -> None:
    assert reasons.popular(300, 4, 30).text == "one of this month's most bought"
    assert reasons.popular(40, 900, 30).text == "bought often this month"
    assert reasons.popular(2, 4, 30).text == "bought by other shoppers this month"


def test_a_product_without_evidence_gets_no_invented_one() -> None:
    assert reasons.in_range(0).text == "part of our range"
    assert reasons.in_range(1200).text == "sold 1,200 times in our shop so far"


def test_what_she_buys_leads_to_what_its_buyers_take_too() -> None:
    reason = reasons.bought_too("Pasta", both=30, buyers=100, lift=2.5)
    assert reason.text == "3 in 10 of those who buy Pasta, as you do, bought it too"
    assert reason.evidence == {"both": 30, "buyers": 100, "lift": 2.5, "of": "Pasta"}
