"""Customers, orders and products as events speak of them: found and written many at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select, update

from store.repositories.bulk import AMONG, moment_text, rows_among, write_many
from store.repositories.features import HELD
from store.tables import customers, order_lines, orders

#: Where such an order was placed, as the column `store_id` of an order tells it.
EVENTS = "events"

_CREATE = {
    "sqlite": "INSERT INTO customers (customer_id, joined_at, traits) VALUES (?, ?, '{}') "
    "ON CONFLICT (customer_id) DO NOTHING",
    "postgresql": "INSERT INTO customers (customer_id, joined_at, traits) VALUES (%s, %s, '{}') "
    "ON CONFLICT (customer_id) DO NOTHING",
}
_MERGES = {
    name: f"SELECT merged_id, kept_id FROM customer_merges WHERE state = 'merged' AND merged_id {among}"  # noqa: S608
    for name, among in AMONG.items()
}
_PRODUCTS = {
    name: f"SELECT product_id, category, price FROM products WHERE product_id {among}"  # noqa: S608
    for name, among in AMONG.items()
}
_ORDERS = {
    name: f"SELECT order_id, customer_id, store_id FROM orders WHERE order_id {among}"  # noqa: S608
    for name, among in AMONG.items()
}
_LISTED = {"sqlite": "json_group_array(p.category)", "postgresql": "json_agg(p.category ORDER BY l.line)"}
#: Oldest first: sums are rounded as they grow.
_BOUGHT = {
    name: f"SELECT o.customer_id, o.placed_at, o.total, o.discount, (SELECT {_LISTED[name]} FROM order_lines l "  # noqa: S608
    "LEFT JOIN products p ON p.product_id = l.product_id WHERE l.order_id = o.order_id) "
    f"FROM orders o WHERE o.customer_id {among} AND {HELD} ORDER BY o.placed_at, o.order_id"
    for name, among in AMONG.items()
}
_ADD_ORDERS = {
    "sqlite": "INSERT INTO orders (order_id, customer_id, placed_at, total, discount, store_id) "
    "VALUES (?, ?, ?, ?, ?, ?)",
    "postgresql": "INSERT INTO orders (order_id, customer_id, placed_at, total, discount, store_id) "
    "VALUES (%s, %s, %s, %s, %s, %s)",
}
_ADD_LINES = {
    "sqlite": "INSERT INTO order_lines (order_id, line, product_id, quantity, amount, discount) "
    "VALUES (?, ?, ?, ?, ?, 0)",
    "postgresql": "INSERT INTO order_lines (order_id, line, product_id, quantity, amount, discount) "
    "VALUES (%s, %s, %s, %s, %s, 0)",
}


class ProductFigures(NamedTuple):
    """What the catalogue says of a product that an event names."""

    category: str
    price: float | None


class KnownOrder(NamedTuple):
    """An order that is there: whose, and where it was placed."""

    customer_id: str
    store_id: str | None


class BoughtOrder(NamedTuple):
    """An order of a customer as the live profile counts it; the category of each line, None where it is unknown."""

    customer_id: str
    #: Seconds since 1970.
    placed_at: float
    total: float
    discount: float
    categories: list[str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOrder:
    """An order that an event brings; `lines` are (product id, quantity, amount paid)."""

    order_id: str
    customer_id: str
    placed_at: datetime
    total: float
    discount: float
    lines: Sequence[tuple[str, int, float]]


def kept_ids(connection: Connection, customer_ids: Sequence[str]) -> dict[str, str]:
    """Give who the merged ones among the ids are now; ids that were never merged are absent."""
    now: dict[str, str] = {row[0]: row[1] for row in rows_among(connection, _MERGES, customer_ids)}
    further = [kept for kept in set(now.values()) if kept not in now]
    beyond = kept_ids(connection, further) if further else {}
    return {merged: beyond.get(kept, kept) for merged, kept in now.items()}


def create_customers(connection: Connection, customer_ids: Iterable[str], at: datetime) -> None:
    """Write customers whom an event names before any import did; those who are there stay as they are."""
    moment = moment_text(connection, at)
    write_many(connection, _CREATE, [(customer_id, moment) for customer_id in customer_ids])


def customers_described(connection: Connection, customer_ids: Sequence[str]) -> dict[str, Any]:
    """Give (customer_id, name, email, traits) of customers by id."""
    columns = (customers.c.customer_id, customers.c.name, customers.c.email, customers.c.traits)
    query = select(*columns).where(customers.c.customer_id.in_(customer_ids))
    return {row.customer_id: row for row in connection.execute(query)}


def describe_customer(connection: Connection, customer_id: str, **values: Any) -> None:
    """Write what an identify told of a customer."""
    connection.execute(update(customers).where(customers.c.customer_id == customer_id).values(**values))


def products_named(connection: Connection, product_ids: Sequence[str]) -> dict[str, ProductFigures]:
    """Give category and price of products; unknown ones are absent."""
    rows = rows_among(connection, _PRODUCTS, product_ids)
    return {row[0]: ProductFigures(row[1], None if row[2] is None else float(row[2])) for row in rows}


def known_orders(connection: Connection, order_ids: Sequence[str]) -> dict[str, KnownOrder]:
    """Give those of the orders that are there."""
    return {row[0]: KnownOrder(row[1], row[2]) for row in rows_among(connection, _ORDERS, order_ids)}


def add_orders(connection: Connection, placed: Sequence[EventOrder]) -> None:
    """Write orders that are not there yet, with their lines; none is no fault."""
    if not placed:
        return
    rows = [
        (one.order_id, one.customer_id, moment_text(connection, one.placed_at), one.total, one.discount, EVENTS)
        for one in placed
    ]
    write_many(connection, _ADD_ORDERS, rows)
    lines = [(one.order_id, place, *line) for one in placed for place, line in enumerate(one.lines, start=1)]
    write_many(connection, _ADD_LINES, lines)


def rewrite_order(connection: Connection, order: EventOrder) -> None:
    """Write anew what an order that came from an event holds and costs; when it was placed, and by whom, stays."""
    connection.execute(delete(order_lines).where(order_lines.c.order_id == order.order_id))
    values = {"total": order.total, "discount": order.discount}
    connection.execute(update(orders).where(orders.c.order_id == order.order_id).values(**values))
    lines = [(order.order_id, place, *line) for place, line in enumerate(order.lines, start=1)]
    write_many(connection, _ADD_LINES, lines)


def bought_by(connection: Connection, customer_ids: Sequence[str]) -> list[BoughtOrder]:
    """Give the orders of customers that held, oldest first."""
    return [
        BoughtOrder(row[0], _moment(row[1]), float(row[2]), float(row[3]), _categories(row[4]))
        for row in rows_among(connection, _BOUGHT, customer_ids)
    ]


def _moment(stored: Any) -> float:
    """Give a moment as the driver has it (SQLite: naive UTC text) in seconds since 1970."""
    moment = datetime.fromisoformat(stored).replace(tzinfo=UTC) if isinstance(stored, str) else stored
    return round(float(moment.timestamp()), 3)


def _categories(stored: Any) -> list[str | None]:
    """Give what the driver has of a JSON list; an order without lines has none."""
    found: list[str | None] = json.loads(stored) if isinstance(stored, str) else stored or []
    return found
