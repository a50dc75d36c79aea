"""What each purchase counts for in a loyalty programme."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from store.tables import order_lines, orders, products


class Earning(NamedTuple):
    """One order: what was paid for what earns points, in major currency units, and its state as reported or changed."""

    placed_at: datetime
    amount: float
    status: str | None


def earnings_of(connection: Connection, customer_id: str, without: Collection[str]) -> list[Earning]:
    """Give a customer's orders, oldest first; what lies in the categories `without` counts not."""
    whose = orders.c.customer_id == customer_id
    query = select(
        orders.c.order_id,
        orders.c.placed_at,
        func.coalesce(orders.c.changed_total, orders.c.total),
        func.coalesce(orders.c.changed_status, orders.c.status),
    )
    placed = connection.execute(query.where(whose).order_by(orders.c.placed_at, orders.c.order_id)).all()
    taken_off = _taken_off(connection, customer_id, without) if without else {}
    return [Earning(at, float(total) - taken_off.get(order_id, 0.0), status) for order_id, at, total, status in placed]


def _taken_off(connection: Connection, customer_id: str, without: Collection[str]) -> dict[str, float]:
    query = (
        select(orders.c.order_id, func.sum(order_lines.c.amount))
        .join(order_lines, order_lines.c.order_id == orders.c.order_id)
        .join(products, products.c.product_id == order_lines.c.product_id)
        .where(orders.c.customer_id == customer_id, func.lower(products.c.category).in_(sorted(without)))
        .group_by(orders.c.order_id)
    )
    return {order_id: float(amount) for order_id, amount in connection.execute(query)}
