"""Figures of customers by the names people know them under."""

from __future__ import annotations

from analytics import columns as c
from analytics.reporting.words import amount, days, percent

_NAMES = {
    c.RECENCY_DAYS: "Days since the last order", c.FREQUENCY: "Orders", c.MONETARY: "Spent in all",
    c.BASKET_VALUE: "Average basket", c.LINES_PER_ORDER: "Products an order",
    c.DAYS_BETWEEN_ORDERS: "Days between orders", c.DISCOUNT_SHARE: "Discounts ÷ price",
    c.WEEKEND_SHARE: "Orders at weekends", c.CATEGORIES_BOUGHT: "Categories bought",
    c.INTERVAL_REGULARITY: "Regularity of orders (1: always the same days apart)",
    c.TENURE_DAYS: "Days since the first order", c.RETURN_SHARE: "Products brought back",
    c.ORDERS_LAST_90_DAYS: "Orders in 90 days", c.ORDERS_90_DAYS_BEFORE: "Orders in the 90 days before",
}  # fmt: skip
_MONEY = frozenset({c.MONETARY, c.BASKET_VALUE})
_DAYS = frozenset({c.RECENCY_DAYS, c.DAYS_BETWEEN_ORDERS, c.TENURE_DAYS})


def figure_name(name: str) -> str:
    """Give the words for a column; one that nobody described without its underscores."""
    return _NAMES.get(name) or name.replace("_", " ").capitalize()


def figure_text(name: str, value: float, currency: str) -> str:
    """Write a figure with its unit."""
    if name in _MONEY:
        return amount(value, currency)
    if name in _DAYS:
        return days(value)
    if name.endswith("_share"):
        return percent(value)
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.1f}"
