"""Behaviour figures as an agent reads them: a label, the figure with its unit, the telling ones first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from console.filters import days_ago, money, percent, quantity
from console.wording import in_words

#: Told by another line, or of no use to an agent.
_LEFT_OUT = frozenset(
    {
        "favourite_category", "category_shares", "categories_bought", "last_order", "usual_hour",
        "orders_90_days_before", "orders_last_30_days", "orders_last_180_days", "order_trend", "tenure_days",
        "interval_spread", "interval_regularity", "spent_last_90_days",
    }
)  # fmt: skip


def habit_lines(behaviour: dict[str, Any], currency: str) -> list[tuple[str, str]]:
    """Word a customer's behaviour figures; one that nobody described is shown under its own name.

    Parameters
    ----------
    behaviour : as in `CustomerContext.behaviour`; missing figures and None are left out.
    currency : sign or code.

    Returns
    -------
    list of (label, text)
    """
    present = {name: value for name, value in behaviour.items() if value is not None and value != []}
    if not present.get("return_share"):
        present.pop("return_share", None)  # nearly everybody brings nothing back: no news
    known = _described(present, currency)
    rest = [name for name in present if name not in known and name not in _LEFT_OUT]
    return [*known.values(), *((in_words(name, {}), plain_figure(present[name])) for name in rest)]


def plain_figure(value: Any) -> str:
    """Write a figure whatever its type."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return quantity(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return str(value)


def _described(of: dict[str, Any], currency: str) -> dict[str, tuple[str, str]]:
    wordings: dict[str, Callable[[Any], tuple[str, str]]] = {
        "recency_days": lambda value: ("Last order", days_ago(value)),
        "frequency": lambda value: ("Orders in all", quantity(value)),
        "monetary": lambda value: ("Spent in all", money(value, currency)),
        "basket_value": lambda value: ("Average basket", money(value, currency)),
        "biggest_basket": lambda value: ("Biggest basket", money(value, currency)),
        "lines_per_order": lambda value: ("Products an order", quantity(value)),
        "days_between_orders": lambda value: ("Orders", _rhythm(value)),
        "orders_last_90_days": lambda value: ("Last 90 days", _trend(value, of.get("orders_90_days_before"))),
        "discount_share": lambda value: ("Discounts", f"{percent(value)} of the price"),
        "return_share": lambda value: ("Brought back", f"{percent(value)} of products"),
        "favourite_department": lambda value: ("Department", str(value)),
        "favourite_categories": lambda value: ("Buys most", ", ".join(str(part) for part in value[:3])),
        "usual_time": lambda value: ("Usual time", _time(value, of.get("usual_hour"))),
        "weekend_share": lambda value: ("At weekends", f"{percent(value)} of orders"),
        "first_order": lambda value: ("Customer since", _day(value)),
    }
    return {name: word(of[name]) for name, word in wordings.items() if name in of}


def _rhythm(days: float) -> str:
    return "every day" if quantity(days) in ("1", "1.0") else f"every {quantity(days)} days"


def _trend(now: int, before: int | None) -> str:
    orders = f"{now} order" if now == 1 else f"{now} orders"
    return orders if before is None else f"{orders}, {before} in the 90 before"


def _time(part_of_day: str, hour: int | None) -> str:
    return part_of_day if hour is None else f"{part_of_day}, around {hour}:00"


def _day(iso: str) -> str:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {day:%b %Y}"
