"""What a customer's orders tell at a glance: when, for how much, and of which categories."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from store.tables import order_lines, orders, products

# Made once: making a statement anew costs SQLAlchemy more than running it.
_HISTORY = (
    select(
        orders.c.placed_at,
        func.coalesce(orders.c.changed_total, orders.c.total),
        orders.c.discount,
        func.coalesce(orders.c.changed_status, orders.c.status),
    )
    .where(orders.c.customer_id == bindparam("whose"))
    .order_by(orders.c.placed_at, orders.c.order_id)
)
_LATEST = (
    select(orders.c.order_id)
    .where(orders.c.customer_id == bindparam("whose"))
    .order_by(orders.c.placed_at.desc(), orders.c.order_id.desc())
    .limit(bindparam("most"))
    .subquery()
)
_CATEGORIES = (
    select(products.c.category, func.count())
    .join_from(_LATEST, order_lines, order_lines.c.order_id == _LATEST.c.order_id)
    .join(products, products.c.product_id == order_lines.c.product_id)
    .group_by(products.c.category)
    .order_by(func.count().desc(), products.c.category)
)


class PastOrder(NamedTuple):
    """One order: money in major units, the status as reported or as changed in the chat."""

    placed_at: datetime
    total: float
    discount: float
    status: str | None


def order_history(connection: Connection, customer_id: str) -> list[PastOrder]:
    """Give all orders of a customer, oldest first."""
    found = connection.execute(_HISTORY, {"whose": customer_id})
    return [PastOrder(at, float(total), float(discount or 0.0), status) for at, total, discount, status in found]


def lines_by_category(connection: Connection, customer_id: str, latest: int) -> dict[str, int]:
    """Count the lines of her latest orders by category, most first."""
    found = connection.execute(_CATEGORIES, {"whose": customer_id, "most": latest})
    return {category: int(count) for category, count in found if category}
