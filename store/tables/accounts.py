"""What customers changed about themselves, what they agreed to, and what they asked to be done with their data."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text

from store.tables.base import metadata
from store.types import UtcDateTime

#: Details changed in the chat: they win over `customers`, which an import brings up to date. No foreign keys in this
#: room: an import may withdraw a customer and bring her back.
account_details = Table(
    "account_details",
    metadata,
    Column("customer_id", String(64), primary_key=True),
    #: NULL where she changed nothing.
    Column("name", String(200)),
    Column("email", String(320)),
    Column("phone", String(40)),
    Column("address", Text),
    #: Of the message that changed it last: the same key again changes nothing.
    Column("key", String(200), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

#: One row a decision; the newest of a customer and purpose counts.
consents = Table(
    "consents",
    metadata,
    Column("consent_id", Integer, primary_key=True, autoincrement=True),
    Column("customer_id", String(64), nullable=False),
    #: "newsletter", "order_emails", "order_texts", "chat_offers" or "personalisation".
    Column("purpose", String(32), nullable=False),
    Column("granted", Boolean, nullable=False),
    #: When a pause ends by itself; NULL: until she decides otherwise.
    Column("until", UtcDateTime),
    Column("key", String(200), nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Index("ix_consents_customer_id", "customer_id"),
)

account_requests = Table(
    "account_requests",
    metadata,
    Column("request_id", String(36), primary_key=True),
    #: Given by the caller: the same key again changes nothing.
    Column("key", String(200), nullable=False, unique=True),
    #: "create", "delete", "export", "erase" or "email" (a new address to be confirmed).
    Column("kind", String(16), nullable=False),
    Column("conversation_id", String(200), nullable=False, index=True),
    #: NULL for a visitor.
    Column("customer_id", String(64), index=True),
    Column("email", String(320)),
    #: "open", "withdrawn" or "done".
    Column("status", String(16), nullable=False),
    #: By when the shop has promised to have done it.
    Column("due_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
)
