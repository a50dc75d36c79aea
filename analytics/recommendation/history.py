"""A customer as the model sees her: from the training, or folded in from her orders when she came later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from analytics.recommendation.model import HALF_LIFE_DAYS, NextBasketModel, Shopper, known_shopper, new_shopper
from store.repositories.orders import purchases_of


def shopper_of(connection: Connection, model: NextBasketModel, customer_id: str, now: datetime) -> Shopper | None:
    """Give the customer; None for one without an order of anything on sale."""
    row = model.customer_position(customer_id)
    if row is not None:
        return known_shopper(model, row)
    bought: dict[int, float] = {}
    baskets: dict[str, float] = {}
    for purchase in purchases_of(connection, customer_id):
        weight = 0.5 ** ((now - purchase.placed_at).total_seconds() / 86_400 / HALF_LIFE_DAYS)
        baskets[purchase.order_id] = weight
        index = model.product_position(purchase.product_id)
        if index is not None:
            bought[index] = bought.get(index, 0.0) + weight
    return new_shopper(model, bought, sum(baskets.values())) if bought else None
