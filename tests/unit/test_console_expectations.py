"""Predictions and engagement as an agent reads them."""

from __future__ import annotations

from analytics.profile_records import Engagement
from console.expectations import ExpectedLine, engagement_line, expected_lines, moved
from tests.support.known_people import a_prediction, expected


def test_each_prediction_has_its_range_its_reason_and_what_is_usual() -> None:
    predictions = expected(
        a_prediction("churn", 0.62, low=0.48, high=0.75, baseline=0.3, horizon_days=90),
        a_prediction("value", 120.0, low=80.0, high=160.0, baseline=95.5, basis="history"),
        a_prediction("next_order", 5.2, low=3.0, high=9.0, baseline=14.0, reason="orders every 9 days"),
        a_prediction("best_hour", 0.4, low=0.4, high=0.4, baseline=0.1, label="18", basis="shop"),
    )
    churn, value, order, hour = expected_lines(predictions, "$")
    assert churn == ExpectedLine(
        label="Orders nothing more, 90 days",
        figure="62 % (48 % to 75 %)",
        why="silent for 41 days; average customer: 30 %",
    )
    assert value.figure == "$120.00 ($80.00 to $160.00)"
    assert value.why == "silent for 41 days; from her own history; average customer: $95.50"
    assert (order.figure, order.why) == (
        "in 5 days (in 3 days to in 9 days)", "orders every 9 days; average customer: in 14 days"
    )  # fmt: skip
    assert hour.figure == "18:00 (40 %)"
    assert "the shop's average: too little is known of her" in hour.why


def test_of_many_categories_the_best_three_are_told() -> None:
    likely = [a_prediction("next_category", 0.5, label=f"C{number}") for number in range(6)]
    assert [line.figure[:2] for line in expected_lines(expected(*likely), "$")] == ["C0", "C1", "C2"]


def test_nothing_expected_is_nothing_told() -> None:
    assert expected_lines(None, "$") == []


def test_engagement_is_told_by_its_parts_and_small_ones_are_left_out() -> None:
    assert engagement_line(Engagement(score=39.4, parts={"orders": 31.2, "conversations": 8.0, "views": 0.2})) == (
        "orders 31, chats 8"
    )


def test_moves_are_worded() -> None:
    assert (moved("event"), moved("else")) == ("by what she did", "else")
