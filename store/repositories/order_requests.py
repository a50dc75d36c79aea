"""Requests about orders, and failed tries to prove whose an order is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select

from store.tables import conversations, identity_attempts, order_requests


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """One request; fields as in `store.tables.order_requests`."""

    request_id: str
    key: str
    order_id: str
    customer_id: str
    kind: str
    product_ids: list[str]
    reason: str | None
    address: str | None
    amount: float | None
    refund_by: datetime | None
    status: str
    created_at: datetime
    details: dict[str, Any] | None = None


def request_of_key(connection: Connection, key: str) -> RequestRow | None:
    """Give the request made under a key; None where there is none yet."""
    found = connection.execute(select(order_requests).where(order_requests.c.key == key)).first()
    return None if found is None else RequestRow(**found._asdict())


def requests_of_order(connection: Connection, order_id: str) -> list[RequestRow]:
    """Give what was asked about an order, oldest first."""
    return _requests(connection, order_requests.c.order_id == order_id)


def requests_of_customer(connection: Connection, customer_id: str) -> list[RequestRow]:
    """Give what a customer asked about her orders, oldest first."""
    return _requests(connection, order_requests.c.customer_id == customer_id)


def add_request(connection: Connection, row: RequestRow) -> None:
    """Write a request; its key must be new."""
    connection.execute(insert(order_requests).values(**asdict(row)))


def visitor_of_conversation(connection: Connection, conversation_id: str) -> str | None:
    """Give the visitor whose conversation it is."""
    query = select(conversations.c.visitor_id).where(conversations.c.conversation_id == conversation_id)
    return connection.execute(query).scalar_one_or_none()


def is_counted(connection: Connection, key: str) -> bool:
    """Whether the try of this key was counted before."""
    query = select(identity_attempts.c.attempt_id).where(identity_attempts.c.key == key)
    return connection.execute(query).first() is not None


def add_attempt(connection: Connection, **values: Any) -> None:
    """Count a failed try; values as in `store.tables.order_requests.identity_attempts`."""
    connection.execute(insert(identity_attempts).values(**values))


def failed_tries(
    connection: Connection, *, since: datetime, conversation_id: str, visitor_id: str | None, order_id: str
) -> tuple[int, int, int]:
    """Count failed tries: of the conversation in all; since a moment of the visitor; since then for the number."""
    tries = identity_attempts.c
    recent = tries.at >= since
    return (
        _count(connection, tries.conversation_id == conversation_id),
        _count(connection, and_(recent, tries.visitor_id == visitor_id)) if visitor_id else 0,
        _count(connection, and_(recent, tries.order_id == order_id)),
    )


def _count(connection: Connection, which: Any) -> int:
    return int(connection.execute(select(func.count()).select_from(identity_attempts).where(which)).scalar_one())


def _requests(connection: Connection, which: Any) -> list[RequestRow]:
    oldest = select(order_requests).where(which).order_by(order_requests.c.created_at, order_requests.c.request_id)
    return [RequestRow(**row._asdict()) for row in connection.execute(oldest)]


def products_asked(rows: Collection[RequestRow], *kinds: str) -> frozenset[str]:
    """Give the products that requests of these kinds are about."""
    return frozenset(product for row in rows if row.kind in kinds for product in row.product_ids)
