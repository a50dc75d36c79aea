"""An order worked into the half of the live profile that tells what she bought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analytics.live.decay import ENGAGEMENT_DAYS, HABIT_DAYS, add, add_bounded, weight
from analytics.live.figures import MOST_CATEGORIES
from analytics.live.shop_clock import ShopClock


@dataclass(frozen=True, slots=True)
class Purchase:
    """One order: moment (seconds since 1970), paid total and discount, the category of each line (None: unknown)."""

    at: float
    total: float
    discount: float
    categories: Sequence[str | None]


def buy(bought: dict[str, Any], order: Purchase, clock: ShopClock) -> None:
    """Work an order into the plain values of `Bought`, in place; in a time that grows with its lines alone."""
    at = order.at
    bought["orders"] += 1
    bought["money"] = round(bought["money"] + order.total, 2)
    bought["discount"] = round(bought["discount"] + order.discount, 2)
    bought["lines"] += len(order.categories)
    bought["weekend"] += clock.is_weekend(at)
    bought["first"] = at if bought["first"] is None else min(bought["first"], at)
    bought["last"] = at if bought["last"] is None else max(bought["last"], at)
    habit = weight(at, HABIT_DAYS)
    for category in order.categories:
        if category is not None:
            add_bounded(bought["categories"], category, habit, MOST_CATEGORIES)
    add(bought["hours"], str(clock.hour(at)), habit)
    add(bought["actions"], "orders", weight(at, ENGAGEMENT_DAYS))
