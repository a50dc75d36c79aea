"""What customers asked to be done about their orders, and their failed tries to prove whose an order is."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Numeric, String, Table, Text

from store.tables.base import metadata
from store.types import UtcDateTime, json_column

order_requests = Table(
    "order_requests",
    metadata,
    Column("request_id", String(36), primary_key=True),
    #: Given by the caller: the same key again changes nothing.
    Column("key", String(200), nullable=False, unique=True),
    #: No foreign keys: an import may withdraw an order and bring it back.
    Column("order_id", String(64), nullable=False, index=True),
    Column("customer_id", String(64), nullable=False, index=True),
    #: "cancel", "return", "exchange", "address", "items", "slot", "payment" or "problem".
    Column("kind", String(16), nullable=False),
    #: Products concerned, sorted; for a cancellation or an address none: the whole order is meant.
    Column("product_ids", json_column(), nullable=False),
    #: Of a problem: "missing", "damaged" or "wrong"; of a cancellation the shop's reason.
    Column("reason", String(32)),
    #: Where the order goes now.
    Column("address", Text),
    #: The rest of what was asked: `changes`, `replacement`, `slot_id`, `payment_method`, `to_pay`; NULL where none.
    Column("details", json_column(), nullable=True),
    #: What is paid back, in major currency units; NULL where nothing is, or a person has yet to decide.
    Column("amount", Numeric(12, 2, asdecimal=False)),
    #: By when it is paid back.
    Column("refund_by", UtcDateTime),
    #: "done", or "open" while a person of the shop has to look at it.
    Column("status", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

identity_attempts = Table(
    "identity_attempts",
    metadata,
    Column("attempt_id", Integer, primary_key=True, autoincrement=True),
    #: Of the message that made the try: a message taken twice is one try.
    Column("key", String(200), nullable=False, unique=True),
    Column("conversation_id", String(200), nullable=False),
    #: NULL where the conversation belongs to no visitor.
    Column("visitor_id", String(36)),
    #: The number as given, whether or not there is such an order.
    Column("order_id", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_identity_attempts_conversation_id", "conversation_id"),
    Index("ix_identity_attempts_visitor_id_at", "visitor_id", "at"),
    Index("ix_identity_attempts_order_id_at", "order_id", "at"),
)
