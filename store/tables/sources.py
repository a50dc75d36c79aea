"""What comes in from systems beside the shop: CRM contacts, social-media mentions, reviews elsewhere, returns."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, Numeric, String, Table, Text

from store.tables.base import metadata
from store.types import UtcDateTime, json_column

#: No foreign keys in this room: an import may withdraw a customer or an order and bring it back.
contacts = Table(
    "contacts",
    metadata,
    #: The mapping's `shop`: two systems may both have a contact 7.
    Column("source", String(100), primary_key=True),
    Column("contact_id", String(64), primary_key=True),
    Column("customer_id", String(64), nullable=False, index=True),
    #: As the system names it: "lead", "customer", "lost".
    Column("stage", String(64)),
    #: Stated facts; `customers.traits` has them too, the shop's own first.
    Column("traits", json_column(), nullable=False, default=dict),
    #: In her words: {"likes": "decaf coffee", …}.
    Column("preferences", json_column(), nullable=False, default=dict),
    Column("updated_at", UtcDateTime),
)

mentions = Table(
    "mentions",
    metadata,
    Column("mention_id", String(64), primary_key=True),
    Column("network", String(32), nullable=False),
    #: In lower case, without "@".
    Column("handle", String(200), nullable=False),
    #: Without card numbers and the like.
    Column("text", Text, nullable=False),
    Column("url", String(500)),
    #: -1 (angry) to 1 (happy).
    Column("sentiment", Float),
    #: Where the handle is a verified identity of hers.
    Column("customer_id", String(64), index=True),
    #: Where one product is plainly named.
    Column("product_id", String(64), index=True),
    Column("written_at", UtcDateTime, nullable=False),
    Index("ix_mentions_written_at", "written_at"),
)

outside_reviews = Table(
    "outside_reviews",
    metadata,
    Column("review_id", String(64), primary_key=True),
    #: Where it stands: "trustpilot", "marketplace".
    Column("site", String(64), nullable=False),
    Column("product_id", String(64), nullable=False, index=True),
    Column("author", String(200)),
    #: 1 to 5.
    Column("stars", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("sentiment", Float),
    Column("customer_id", String(64), index=True),
    Column("written_at", UtcDateTime, nullable=False),
)

#: Lines that undo purchases. `orders.total` and `order_lines` are net of those that name an order.
returns = Table(
    "returns",
    metadata,
    #: The cancellation's own number, its line in the source's order, and its part where it undoes several purchases.
    Column("return_id", String(64), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("part", Integer, primary_key=True),
    #: The purchase it undoes; NULL where none was found.
    Column("order_id", String(64), index=True),
    Column("customer_id", String(64), nullable=False, index=True),
    Column("product_id", String(64), nullable=False),
    #: Pieces given back, and what was paid for them: above zero, major currency units.
    Column("quantity", Integer, nullable=False),
    Column("amount", Numeric(12, 2, asdecimal=False), nullable=False),
    Column("returned_at", UtcDateTime, nullable=False),
)
