"""Why an offer fits, as one clause that is true."""

from __future__ import annotations

from datetime import datetime

from analytics.offers.book import Redemptions
from analytics.offers.habits import Habit
from analytics.wording import spoken_date

#: From this share of her orders on, and this many of them, she buys "often".
OFTEN, _ORDERS_OF_A_HABIT = 0.2, 3
#: A segment "uses such coupons often" with so many redeemers, and so much more readily than everybody.
_REDEEMERS, _LIFT = 3, 1.2
#: How many categories count as those whose coupons are used most.
_TOP_CATEGORIES = 10


def because_of_habit(habit: Habit, strength: float, category: str | None, now: datetime) -> str:
    """Word her own orders; `category` is what she mostly buys of the products covered."""
    what = f"from {category}" if category else "what it covers"
    if len(habit.orders) == 1 and habit.last is not None:
        return f"because you bought {what} on {spoken_date(habit.last, now)}"
    if strength >= OFTEN and len(habit.orders) >= _ORDERS_OF_A_HABIT:
        return f"because you often buy {what}"
    return f"because you buy {what} now and then"


def because_of_others(redemptions: Redemptions, category: str | None, segment_id: int | None) -> str:
    """Word what others do with such offers, as far as it is known."""
    name = category or ""
    if segment_id is not None and _used_by_segment(redemptions, name, segment_id):
        return f"because shoppers with habits like yours like to use coupons for {category}"
    top = sorted(redemptions.by_category, key=lambda one: -redemptions.by_category[one])[:_TOP_CATEGORIES]
    if category and name in top:
        return f"because coupons for {category} are among those our customers use most"
    return "because it covers products that many of our customers buy"


def _used_by_segment(redemptions: Redemptions, category: str, segment_id: int) -> bool:
    enough = redemptions.by_segment.get((category, segment_id), 0) >= _REDEEMERS
    return enough and redemptions.rate(category, segment_id) >= _LIFT * redemptions.rate(category, None)
