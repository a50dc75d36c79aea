"""Visitors, known by the bearer token their browser keeps, and customers as a signed identity names them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from store.tables import customers, visitors


def visitor_of_token(connection: Connection, token_hash: str) -> str | None:
    """Give the visitor whose token has this SHA-256; None for an unknown token."""
    found = connection.execute(select(visitors.c.visitor_id).where(visitors.c.token_hash == token_hash))
    return found.scalar_one_or_none()


def add_visitor(connection: Connection, visitor_id: str, token_hash: str, at: datetime) -> None:
    """Write a new visitor; only the hash of her token is kept."""
    connection.execute(
        insert(visitors).values(visitor_id=visitor_id, token_hash=token_hash, created_at=at, last_seen_at=at)
    )


def visitor_seen(connection: Connection, visitor_id: str, at: datetime) -> None:
    """Note that a visitor is back."""
    connection.execute(update(visitors).where(visitors.c.visitor_id == visitor_id).values(last_seen_at=at))


def add_customer(connection: Connection, customer_id: str, name: str | None, at: datetime) -> None:
    """Write a customer whom the shop's signed token names before any import did."""
    connection.execute(insert(customers).values(customer_id=customer_id, name=name, joined_at=at, traits={}))
