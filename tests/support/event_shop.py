"""Events into a small shop without HTTP: a database, the service, and short ways to send and to look."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from analytics.event_records import Source, Taken
from analytics.events.service import SqlEventService
from analytics.live.reading import live_of
from analytics.live.state import LiveState
from store.engine import Database
from store.tables import customers, order_lines, orders, products
from tests.support.small_shop import empty_database

#: When all calls are received.
NOW = datetime(2026, 11, 15, 12, tzinfo=UTC)
SERVER = Source(name="shop", kind="server")
PAGE = Source(name="site", kind="page")


@dataclass
class EventShop:
    """Customers "ana" (with one order of tea, ten days old) and "ben"; products p1 (Tea, 3.00) and p2 (Milk, 2.00)."""

    database: Database
    service: SqlEventService

    def send(self, *items: dict[str, Any], source: Source = SERVER, at: datetime = NOW, **call: Any) -> Taken:
        """Send a batch; items are numbered where they have no message id."""
        body = json.dumps({"batch": list(items), **call}).encode()
        read = self.service.read(body, None, source, at)
        with self.database.write() as connection:
            return self.service.take(connection, read)

    def live(self, customer_id: str, at: datetime = NOW) -> LiveState:
        with self.database.read() as connection:
            state = live_of(connection, customer_id, at)
        assert state is not None
        return state

    def rows(self, table: Any, *columns: str, **which: Any) -> list[tuple[Any, ...]]:
        """Columns of a table, sorted."""
        query = select(*(table.c[name] for name in columns))
        for name, value in which.items():
            query = query.where(table.c[name] == value)
        with self.database.read() as connection:
            return sorted(tuple(row) for row in connection.execute(query))


@contextmanager
def event_shop(kind: str, artifacts: Path = Path("absent")) -> Iterator[EventShop]:
    with empty_database(kind) as database:
        with database.write() as connection:
            people = [
                {"customer_id": "ana", "name": "Ana", "email": None, "traits": {"age": "34"}},
                {"customer_id": "ben", "name": None, "email": "ben@shop.example", "traits": {}},
            ]
            connection.execute(insert(customers), people)
            goods = [
                {"product_id": "p1", "name": "Tea", "category": "Tea", "department": "Food", "price": 3.0},
                {"product_id": "p2", "name": "Milk", "category": "Milk", "department": "Food", "price": 2.0},
            ]
            connection.execute(insert(products), goods)
            placed = {"order_id": "o1", "customer_id": "ana", "placed_at": datetime(2026, 11, 5, 12, tzinfo=UTC)}
            connection.execute(insert(orders).values(**placed, total=6.0, discount=1.0))
            line = {"order_id": "o1", "line": 1, "product_id": "p1", "quantity": 2, "amount": 6.0}
            connection.execute(insert(order_lines).values(**line))
        yield EventShop(database, SqlEventService(database, artifacts, "America/New_York", check_every=0.0))


def track(event: str, user: str | None = "ana", *, message: str | None = None, **properties: Any) -> dict[str, Any]:
    """A track call of a customer."""
    told: dict[str, Any] = {"type": "track", "event": event, "properties": properties}
    if user is not None:
        told["userId"] = user
    return told if message is None else {**told, "messageId": message}


def order_of(*bought: tuple[str, int, float], **properties: Any) -> dict[str, Any]:
    """Properties of an order of (product, quantity, price)."""
    lines = [{"product_id": product, "quantity": count, "price": price} for product, count, price in bought]
    return {"products": lines, **properties}
