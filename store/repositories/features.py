"""Customer features: the columns they are computed from, and writing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, text

from store.repositories.bulk import Row, moment_text, read_columns, upsert_rows
from store.tables import customer_features, orders

#: States of orders that say nothing of what she buys: cancelled, or sent back whole.
UNDONE = ("cancelled", "canceled", "voided", "returned", "refunded")
#: Of which orders count.
HELD = f"lower(coalesce(changed_status, status, '')) NOT IN {UNDONE}"
_ORDERS = f"SELECT order_id, customer_id, placed_at, total, discount FROM orders WHERE {HELD}"  # noqa: S608
#: The products of an order as one JSON text: a tenth of the rows, and a fifth of the time, of line by line.
_BASKETS = {
    "sqlite": "SELECT order_id, json_group_array(product_id), {sign} FROM order_lines WHERE {part} GROUP BY order_id",
    "postgresql": "SELECT order_id, json_agg(product_id)::text, {sign} FROM order_lines WHERE {part} GROUP BY order_id",
}
_PRODUCTS = "SELECT product_id, category, department FROM products WHERE price IS NOT NULL"
#: What an import took off purchases: nothing of it is in `order_lines`.
_RETURNS = "SELECT customer_id, returned_at FROM returns WHERE order_id IS NOT NULL"
_FEATURES = "SELECT customer_id, recency_days, frequency, monetary, behaviour FROM customer_features"

_MEMBERS = _FEATURES.replace("behaviour", "behaviour, segment_id")

#: Made once: it is asked for with every profile. The index on `placed_at` is walked from its end.
_LATEST = (
    select(orders.c.placed_at)
    .where(orders.c.placed_at <= bindparam("now"), text(HELD))
    .order_by(orders.c.placed_at.desc())
    .limit(1)
)


def order_columns(connection: Connection) -> Iterator[list[Row]]:
    """Give (order, customer, moment as the driver has it, total, discount) of every order that held, in batches."""
    return read_columns(connection, _ORDERS)


def latest_order(connection: Connection, now: datetime) -> datetime | None:
    """Give the moment of the last order that held, up to `now` (aware); None without any."""
    found: datetime | None = connection.execute(_LATEST, {"now": now}).scalar()
    return found


def line_columns(connection: Connection) -> Iterator[list[Row]]:
    """Give (order id, JSON list of the product ids of its lines, 0) of every order with lines, in batches.

    What was brought back (a negative quantity) comes in rows of its own, with 1 for the last.
    """
    baskets = _BASKETS[connection.dialect.name]
    kept, returned = baskets.format(sign=0, part="quantity >= 0"), baskets.format(sign=1, part="quantity < 0")
    return read_columns(connection, f"{kept} UNION ALL {returned}")


def product_columns(connection: Connection) -> Iterator[list[Row]]:
    """Give (product id, category, department) of everything that is or was for sale, in batches."""
    return read_columns(connection, _PRODUCTS)


def return_columns(connection: Connection) -> Iterator[list[Row]]:
    """Give (customer, moment as the driver has it) of every line that an import matched to the purchase it undoes."""
    return read_columns(connection, _RETURNS)


def write_features(connection: Connection, rows: Iterable[Row], now: datetime, *, version: str | None = None) -> int:
    """Bring the features up to date in the caller's transaction, and give the number of customers.

    Parameters
    ----------
    rows : (customer id, recency in days, orders, money spent, behaviour as JSON text), one for each customer with
        orders, streamed. Customers that are not among them lose their features.
    now : moment of computing, aware.
    version : of a model of segments: then each row ends with the id of her segment. None: segments stay as they are.
    """
    columns = ["computed_at", "customer_id", "recency_days", "frequency", "monetary", "behaviour"]
    further: tuple[Any, ...] = (moment_text(connection, now),)
    if version is not None:
        columns = ["computed_at", "model_version", *columns[1:], "segment_id"]
        further = (*further, version)
    counted = count()
    upsert_rows(connection, customer_features, columns, ((*further, *row) for row, _ in zip(rows, counted)))  # noqa: B905
    # Every row that was written carries this moment.
    connection.execute(delete(customer_features).where(customer_features.c.computed_at != now))
    return next(counted)


def feature_columns(connection: Connection) -> list[Row]:
    """Give (customer id, recency in days, orders, money spent, behaviour as JSON text or object), by customer id."""
    return [row for batch in read_columns(connection, f"{_FEATURES} ORDER BY customer_id") for row in batch]


def member_batches(connection: Connection) -> Iterator[list[Row]]:
    """Give the same with the segment of each (None: in none) at the end, in batches that are not held all at once."""
    return read_columns(connection, f"{_MEMBERS} ORDER BY customer_id", streamed=True)
