"""Behaviour figures as an agent reads them."""

from __future__ import annotations

from console.habits import habit_lines

BEHAVIOUR = {
    "usual_time": "evening", "basket_value": 40.256, "days_between_orders": 7.6, "discount_share": 0.181,
    "favourite_categories": ["Coffee", "Tea", "Cheese", "Beef"], "favourite_category": "Coffee", "usual_hour": 18,
    "orders_last_90_days": 12, "orders_90_days_before": 15, "weekend_share": 0.25, "first_order": "2025-06-01",
}  # fmt: skip


def test_figures_have_labels_and_units_in_a_settled_order() -> None:
    assert habit_lines(BEHAVIOUR, "$") == [
        ("Average basket", "$40.26"),
        ("Orders", "every 7.6 days"),
        ("Last 90 days", "12 orders, 15 in the 90 before"),
        ("Discounts", "18 % of the price"),
        ("Buys most", "Coffee, Tea, Cheese"),
        ("Usual time", "evening, around 18:00"),
        ("At weekends", "25 % of orders"),
        ("Customer since", "1 Jun 2025"),
    ]


def test_missing_figures_are_left_out_and_unknown_ones_keep_their_name() -> None:
    assert habit_lines({"days_between_orders": None, "favourite_categories": []}, "$") == []
    assert habit_lines({"pets": ["cat"], "loyal": True, "first_order": "soon"}, "$") == [
        ("Customer since", "soon"), ("Pets", "cat"), ("Loyal", "yes"),
    ]  # fmt: skip


def test_a_daily_rhythm_is_told_as_one() -> None:
    assert habit_lines({"days_between_orders": 1.0}, "$") == [("Orders", "every day")]
    assert habit_lines({"days_between_orders": 7.6}, "$") == [("Orders", "every 7.6 days")]
