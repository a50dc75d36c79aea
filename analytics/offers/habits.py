"""How far a customer's own orders speak for an offer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from analytics.offers.book import OfferBook
from store.repositories.orders import purchases_of

#: Orders looked at: a habit of last year is none.
LOOK_BACK = timedelta(days=180)
#: Empty orders added to hers, so that one order with the product is not yet "always".
_PRIOR_ORDERS = 3.0


@dataclass(slots=True)
class Habit:
    """Her orders with anything an offer covers: which, the last one, and which products how often."""

    orders: set[str] = field(default_factory=set)
    last: datetime | None = None
    products: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """Habits by offer id, over `orders` orders within the look-back."""

    by_offer: dict[str, Habit]
    orders: int

    def strength(self, offer_id: str) -> float:
        """Give the share of her orders with something the offer covers, 0..1, cautious for few orders."""
        habit = self.by_offer.get(offer_id)
        return 0.0 if habit is None else len(habit.orders) / (self.orders + _PRIOR_ORDERS)


def habits_of(connection: Connection, customer_id: str, book: OfferBook, now: datetime) -> Habits:
    """Read a customer's habits."""
    habits: dict[str, Habit] = {}
    orders: set[str] = set()
    for purchase in purchases_of(connection, customer_id, since=now - LOOK_BACK):
        orders.add(purchase.order_id)
        for offer_id in book.offers_of_product.get(purchase.product_id, ()):
            habit = habits.setdefault(offer_id, Habit())
            habit.orders.add(purchase.order_id)
            habit.products[purchase.product_id] += 1
            habit.last = purchase.placed_at  # purchases come oldest first
    return Habits(by_offer=habits, orders=len(orders))
