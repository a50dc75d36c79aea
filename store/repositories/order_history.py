"""What a customer's orders tell at a glance: when, for how much, and of which categories."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from store.tables import order_lines, orders, products

# Made once: making a statement anew costs SQLAlchemy more than running it.
_HISTORY = (
    select(
        orders.c.order_id,
        orders.c.placed_at,
        func.coalesce(orders.c.changed_total, orders.c.total),
        orders.c.discount,
        func.coalesce(orders.c.changed_status, orders.c.status),
    )
    .where(orders.c.customer_id == bindparam("whose"))
    .order_by(orders.c.placed_at, orders.c.order_id)
)
_CATEGORIES = (
    select(orders.c.order_id, products.c.category, func.count(), func.sum(order_lines.c.amount))
    .join_from(orders, order_lines, order_lines.c.order_id == orders.c.order_id)
    .join(products, products.c.product_id == order_lines.c.product_id)
    .where(orders.c.customer_id == bindparam("whose"))
    .group_by(orders.c.order_id, products.c.category)
)


class PastOrder(NamedTuple):
    """One order: money in major units, the status as reported or as changed in the chat."""

    order_id: str
    placed_at: datetime
    total: float
    discount: float
    status: str | None


class CategoryLines(NamedTuple):
    """What an order holds of a category: lines, and what was paid for them in major units."""

    order_id: str
    category: str
    lines: int
    amount: float


def order_history(connection: Connection, customer_id: str) -> list[PastOrder]:
    """Give all orders of a customer, oldest first."""
    found = connection.execute(_HISTORY, {"whose": customer_id})
    return [PastOrder(row[0], row[1], float(row[2]), float(row[3] or 0.0), row[4]) for row in found]


def lines_by_category(connection: Connection, customer_id: str) -> list[CategoryLines]:
    """Give what each of her orders holds of each category, as it was ordered."""
    found = connection.execute(_CATEGORIES, {"whose": customer_id})
    return [CategoryLines(row[0], row[1], int(row[2]), float(row[3])) for row in found if row[1]]
