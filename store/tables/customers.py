"""Customers (known people), their identities (channel addresses) and visitors (not yet known)."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from store.tables.base import metadata
from store.types import UtcDateTime, json_column

customers = Table(
    "customers",
    metadata,
    Column("customer_id", String(64), primary_key=True),
    Column("name", String(200)),
    Column("email", String(320), index=True),
    Column("joined_at", UtcDateTime),
    #: Demographics and other stated facts, as imported: {"age": "45-54", "household_size": "2", …}.
    Column("traits", json_column(), nullable=False, default=dict),
)

identities = Table(
    "identities",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("address", String(320), primary_key=True),
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), nullable=False, index=True),
    Column("verified_at", UtcDateTime),
)

visitors = Table(
    "visitors",
    metadata,
    Column("visitor_id", String(36), primary_key=True),
    #: SHA-256 of the bearer token the widget keeps; the token itself is never stored.
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
)
