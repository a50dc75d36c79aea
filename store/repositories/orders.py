"""Orders, their lines, and what they say about a customer's habits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from store.tables import order_line_changes, order_lines, orders

_ORDER = (
    orders.c.order_id,
    orders.c.customer_id,
    orders.c.placed_at,
    func.coalesce(orders.c.changed_total, orders.c.total),
    orders.c.discount,
    func.coalesce(orders.c.changed_status, orders.c.status),
    orders.c.slot_starts_at,
    orders.c.slot_ends_at,
    orders.c.payment_method,
    orders.c.store_id,
)

# Built once: composing a statement costs as much as running it. The empty text added to the column keeps SQLite off
# the column's index: it would walk all orders of a popular product, where the customer has a few dozen.
_MOMENTS = (
    select(order_lines.c.product_id, orders.c.placed_at)
    .join(order_lines, order_lines.c.order_id == orders.c.order_id)
    .where(
        orders.c.customer_id == bindparam("customer_id"),
        (order_lines.c.product_id + "").in_(bindparam("ids", expanding=True)),
    )
    .order_by(orders.c.placed_at)
    .distinct()
)
_OF_CUSTOMER = select(*_ORDER).where(orders.c.customer_id == bindparam("customer_id"))
_LATEST = _OF_CUSTOMER.order_by(orders.c.placed_at.desc(), orders.c.order_id.desc()).limit(bindparam("most"))
_ORDER_BY_ID = select(*_ORDER).where(orders.c.order_id == bindparam("which"))
_LINES = (
    select(
        order_lines.c.order_id,
        order_lines.c.line,
        order_lines.c.product_id,
        order_lines.c.quantity,
        order_lines.c.amount,
    )
    .where(order_lines.c.order_id.in_(bindparam("ids", expanding=True)))
    .order_by(order_lines.c.order_id, order_lines.c.line)
)
_CHANGED_LINES = (
    select(
        order_line_changes.c.order_id,
        order_line_changes.c.product_id,
        order_line_changes.c.quantity,
        order_line_changes.c.amount,
    )
    .where(order_line_changes.c.order_id.in_(bindparam("ids", expanding=True)))
    .order_by(order_line_changes.c.order_id, order_line_changes.c.product_id)
)
_PLACED = select(orders.c.order_id, orders.c.placed_at).where(orders.c.customer_id == bindparam("customer_id"))
_PRODUCTS = (
    select(orders.c.order_id, order_lines.c.product_id)
    .join(order_lines, order_lines.c.order_id == orders.c.order_id)
    .where(orders.c.customer_id == bindparam("customer_id"))
    .order_by(orders.c.placed_at, orders.c.order_id)
    .distinct()
)
_PIECES = (
    select(orders.c.order_id, order_lines.c.product_id, order_lines.c.quantity)
    .join(order_lines, order_lines.c.order_id == orders.c.order_id)
    .where(orders.c.customer_id == bindparam("customer_id"))
)
_SINCE = orders.c.placed_at >= bindparam("since")
_PLACED_SINCE, _PRODUCTS_SINCE = _PLACED.where(_SINCE), _PRODUCTS.where(_SINCE)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order; money in major units; what the order service changed wins over what the shop reports."""

    order_id: str
    customer_id: str
    placed_at: datetime
    total: float
    discount: float
    status: str | None
    slot_starts_at: datetime | None = None
    slot_ends_at: datetime | None = None
    payment_method: str | None = None
    store_id: str | None = None


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """One line of an order; `amount` is what was paid for all of `quantity`."""

    order_id: str
    line: int
    product_id: str
    quantity: int
    amount: float


class Purchase(NamedTuple):
    """A product in one of a customer's orders."""

    order_id: str
    placed_at: datetime
    product_id: str


class Piece(NamedTuple):
    """A line of one of a customer's orders; `quantity` pieces of the product."""

    order_id: str
    placed_at: datetime
    product_id: str
    quantity: int


def latest_orders(connection: Connection, customer_id: str, limit: int) -> list[OrderRow]:
    """Give a customer's latest orders, newest first."""
    return [_order(row) for row in connection.execute(_LATEST, {"customer_id": customer_id, "most": limit})]


def order_row(connection: Connection, order_id: str) -> OrderRow | None:
    """Give one order, whoever placed it."""
    found = connection.execute(_ORDER_BY_ID, {"which": order_id}).first()
    return None if found is None else _order(found)


def lock_order(connection: Connection, order_id: str) -> None:
    """Hold the order until the transaction ends: of two requests at once the second sees what the first did."""
    connection.execute(select(orders.c.order_id).where(orders.c.order_id == order_id).with_for_update())


def change_order(connection: Connection, order_id: str, **values: Any) -> None:
    """Write what the order service made of an order; columns as in `store.tables.orders.orders`."""
    connection.execute(update(orders).where(orders.c.order_id == order_id).values(**values))


def change_line(connection: Connection, order_id: str, product_id: str, *, quantity: int, amount: float) -> None:
    """Write how many of a product an order has now, and what is paid for them; the latest change counts."""
    changes = order_line_changes.c
    connection.execute(delete(order_line_changes).where(changes.order_id == order_id, changes.product_id == product_id))
    values = {"order_id": order_id, "product_id": product_id, "quantity": quantity, "amount": amount}
    connection.execute(insert(order_line_changes).values(**values))


def lines_of(connection: Connection, order_ids: Collection[str]) -> list[OrderLineRow]:
    """Give the lines of the orders as they stand, by order and line number: changed in the chat, else as imported."""
    wanted = {"ids": sorted(order_ids)}
    placed = [OrderLineRow(*row) for row in connection.execute(_LINES, wanted)]
    changed = {(row[0], row[1]): row for row in connection.execute(_CHANGED_LINES, wanted)}
    return _as_they_stand(placed, changed) if changed else placed


def purchases_of(connection: Connection, customer_id: str, *, since: datetime | None = None) -> list[Purchase]:
    """Give every (order, product) of a customer, oldest order first, as far back as `since`."""
    whose: dict[str, Any] = {"customer_id": customer_id}
    placed, products = _PLACED, _PRODUCTS
    if since is not None:
        whose["since"] = since
        placed, products = _PLACED_SINCE, _PRODUCTS_SINCE
    # Two reads: hundreds of lines would each carry a moment to be parsed, of which there are a few dozen.
    moments = {order_id: moment for order_id, moment in connection.execute(placed, whose)}
    return [
        Purchase(order_id, moments[order_id], product_id)
        for order_id, product_id in connection.execute(products, whose)
    ]


def purchase_moments(
    connection: Connection, customer_id: str, product_ids: Collection[str]
) -> dict[str, list[datetime]]:
    """Give when the customer ordered each of the products, oldest first; products never ordered are absent."""
    moments: dict[str, list[datetime]] = {}
    wanted = {"customer_id": customer_id, "ids": sorted(product_ids)}
    for product_id, placed_at in connection.execute(_MOMENTS, wanted):
        moments.setdefault(product_id, []).append(placed_at)
    return moments


def all_orders(connection: Connection) -> Iterator[tuple[str, str, datetime]]:
    """Give (order, customer, moment) of every order, by order id, a few at a time."""
    query = select(orders.c.order_id, orders.c.customer_id, orders.c.placed_at).order_by(orders.c.order_id)
    for row in connection.execute(query, execution_options={"yield_per": 20_000}):
        yield row.order_id, row.customer_id, row.placed_at


def all_order_products(connection: Connection) -> Iterator[tuple[str, str]]:
    """Give (order, product) of every line, by order id, a few at a time. Plain text: a million rows pass here."""
    query = text("SELECT order_id, product_id FROM order_lines ORDER BY order_id")
    for row in connection.execute(query, execution_options={"yield_per": 20_000}):
        yield row[0], row[1]


def all_order_pieces(connection: Connection) -> Iterator[tuple[str, str, int]]:
    """Give (order, product, pieces) of every line, by order id, a few at a time."""
    query = text("SELECT order_id, product_id, quantity FROM order_lines ORDER BY order_id")
    for row in connection.execute(query, execution_options={"yield_per": 20_000}):
        yield row[0], row[1], row[2]


def pieces_of(connection: Connection, customer_id: str) -> list[Piece]:
    """Give every line of a customer, in no particular order."""
    whose = {"customer_id": customer_id}
    moments = {order_id: moment for order_id, moment in connection.execute(_PLACED, whose)}
    lines = connection.execute(_PIECES, whose).all()  # in one call: row by row takes three times as long
    return [Piece(order, moments[order], product, pieces) for order, product, pieces in lines]


def _as_they_stand(
    placed: Sequence[OrderLineRow], changed: Mapping[tuple[str, str], Sequence[Any]]
) -> list[OrderLineRow]:
    """Put each change in the place of its product's first line; what is new comes last in its order."""
    left, stand, last = dict(changed), [], {}
    for line in placed:
        key = (line.order_id, line.product_id)
        last[line.order_id] = line.line
        if key not in changed:
            stand.append(line)
        elif key in left:
            _, _, quantity, amount = left.pop(key)
            stand.append(replace(line, quantity=quantity, amount=amount))
    for (order_id, product_id), row in left.items():
        last[order_id] = last.get(order_id, 0) + 1
        stand.append(OrderLineRow(order_id, last[order_id], product_id, row[2], row[3]))
    return sorted((line for line in stand if line.quantity), key=lambda line: (line.order_id, line.line))


def _order(row: Sequence[Any]) -> OrderRow:
    return OrderRow(*row)
