"""What lies together in baskets: orders by the products in them, and the products of orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from store.tables import order_lines, orders

#: Ids in one statement: one text of the statement serves all but the last piece.
_A_PIECE = 500

# Built once: composing a statement costs as much as running it.
_ORDERS_WITH = (
    select(order_lines.c.order_id).where(order_lines.c.product_id.in_(bindparam("ids", expanding=True))).distinct()
)
_PRODUCTS_OF = select(order_lines.c.order_id, order_lines.c.product_id).where(
    order_lines.c.order_id.in_(bindparam("ids", expanding=True))
)


def orders_with(connection: Connection, product_ids: Sequence[str]) -> list[str]:
    """Give the ids of all orders that hold one of the products, sorted."""
    found: set[str] = set()
    for piece in _pieces(product_ids):
        found.update(connection.execute(_ORDERS_WITH, {"ids": piece}).scalars())
    return sorted(found)


def products_of_orders(connection: Connection, order_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give (order, product) of every line of the orders."""
    for piece in _pieces(order_ids):
        for row in connection.execute(_PRODUCTS_OF, {"ids": piece}):
            yield row.order_id, row.product_id


def count_orders(connection: Connection) -> int:
    """Give how many orders there are."""
    return int(connection.execute(select(func.count()).select_from(orders)).scalar_one())


def first_sold(connection: Connection, product_id: str) -> datetime | None:
    """Give when a product was first ordered; None where it never was."""
    placed = select(func.min(orders.c.placed_at)).join(order_lines, order_lines.c.order_id == orders.c.order_id)
    moment: datetime | None = connection.execute(placed.where(order_lines.c.product_id == product_id)).scalar_one()
    return moment


def first_order(connection: Connection) -> datetime | None:
    """Give when the shop's first order was placed."""
    moment: datetime | None = connection.execute(select(func.min(orders.c.placed_at))).scalar_one()
    return moment


def _pieces(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + _A_PIECE] for at in range(0, len(ids), _A_PIECE))
