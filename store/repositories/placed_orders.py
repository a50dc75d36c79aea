"""Orders that were placed in the chat: ordinary orders with lines, and the key under which each was placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from store.tables import order_lines, orders, placed_orders

#: Where such an order was placed, as the column `store_id` of an order tells it.
CHAT = "chat"
#: Its status until the shop reports another.
PLACED = "placed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRow:
    """Fields as in `store.tables.shopping.placed_orders`."""

    key: str
    order_id: str
    customer_id: str
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class BoughtRow:
    """A line of a new order; `amount` is what is paid for all of `quantity`, `discount` what was taken off before."""

    product_id: str
    quantity: int
    amount: float
    discount: float = 0.0


def placed_under(connection: Connection, key: str) -> PlacedRow | None:
    """Give the order placed under a key; None where there is none yet."""
    found = connection.execute(select(placed_orders).where(placed_orders.c.key == key)).first()
    return None if found is None else PlacedRow(**found._asdict())


def is_taken(connection: Connection, order_id: str) -> bool:
    """Whether an order has this number."""
    return connection.execute(select(orders.c.order_id).where(orders.c.order_id == order_id)).first() is not None


def add_order(
    connection: Connection,
    row: PlacedRow,
    bought: Sequence[BoughtRow],
    *,
    expected_at: datetime | None,
    payment_method: str | None,
) -> None:
    """Write a new order with its lines and its key, which must be new.

    Parameters
    ----------
    expected_at : when it is at her door; None: as the delivery promise says.
    payment_method : how her orders are paid where she changed that in the chat.
    """
    connection.execute(
        insert(orders).values(
            order_id=row.order_id,
            customer_id=row.customer_id,
            placed_at=row.placed_at,
            total=round(sum(line.amount for line in bought), 2),
            discount=round(sum(line.discount for line in bought), 2),
            status=PLACED,
            store_id=CHAT,
            slot_ends_at=expected_at,
            payment_method=payment_method,
        )
    )
    lines = [{"order_id": row.order_id, "line": place, **asdict(line)} for place, line in enumerate(bought, start=1)]
    connection.execute(insert(order_lines), lines)
    connection.execute(insert(placed_orders).values(**asdict(row)))
