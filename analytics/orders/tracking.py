"""A customer's orders with lines, products and state."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from analytics.orders.states import estimated_state, reported_state
from analytics.products import product_record, unlisted_product
from analytics.records import Order, OrderLine
from analytics.shop.loader import DeliveryPromise
from store.repositories.catalogue import ProductRow, products_by_id
from store.repositories.orders import OrderLineRow, OrderRow, latest_orders, lines_of, order_row
from store.repositories.placed_orders import CHAT, PLACED


def orders_of(
    connection: Connection, customer_id: str, *, limit: int, now: datetime, promise: DeliveryPromise
) -> list[Order]:
    """Give a customer's latest orders, newest first, each in its state at `now`."""
    return _orders(connection, latest_orders(connection, customer_id, limit), now, promise)


def order_of(
    connection: Connection, order_id: str, customer_id: str, *, now: datetime, promise: DeliveryPromise
) -> Order | None:
    """Give one order to its owner; None for anybody else's, so that nobody learns which numbers exist."""
    row = order_row(connection, order_id)
    if row is None or row.customer_id != customer_id:
        return None
    return _orders(connection, [row], now, promise)[0]


def _orders(connection: Connection, rows: list[OrderRow], now: datetime, promise: DeliveryPromise) -> list[Order]:
    if not rows:
        return []
    lines = lines_of(connection, [row.order_id for row in rows])
    products = products_by_id(connection, {line.product_id for line in lines})
    by_order: dict[str, list[OrderLine]] = {row.order_id: [] for row in rows}
    for line in lines:
        by_order[line.order_id].append(_line(line, products))
    return [_order(row, tuple(by_order[row.order_id]), now, promise) for row in rows]


def _order(row: OrderRow, lines: tuple[OrderLine, ...], now: datetime, promise: DeliveryPromise) -> Order:
    reported = None if _unreported(row) else reported_state(row.status)
    state = reported or estimated_state(row.placed_at, now, _promised(row, promise))
    under_way = state in ("being_prepared", "on_its_way")
    # A reported delivery has no moment of its own in the shop's data: better none than an invented one.
    dated = under_way or reported is None
    return Order(
        order_id=row.order_id,
        placed_at=row.placed_at,
        total=row.total,
        discount=row.discount,
        state=state,
        expected_at=_expected(row, promise) if dated else None,
        estimated=reported is None,
        lines=lines,
        slot_starts_at=row.slot_starts_at if under_way else None,
        payment_method=row.payment_method,
    )


def _unreported(row: OrderRow) -> bool:
    """Whether it was placed in the chat and the shop has said nothing of it since: then its promise has to do."""
    return row.store_id == CHAT and row.status == PLACED


def _promised(row: OrderRow, promise: DeliveryPromise) -> DeliveryPromise:
    """Give the promise for an order: one placed in the chat comes when it was said to come."""
    if row.store_id != CHAT or row.slot_ends_at is None:
        return promise
    return replace(promise, delivered_within=row.slot_ends_at - row.placed_at)


def _expected(row: OrderRow, promise: DeliveryPromise) -> datetime:
    return row.slot_ends_at or row.placed_at + promise.delivered_within


def _line(line: OrderLineRow, products: dict[str, ProductRow]) -> OrderLine:
    row = products.get(line.product_id)
    product = unlisted_product(line.product_id) if row is None else product_record(row)
    return OrderLine(product=product, quantity=line.quantity, amount=line.amount)
