"""What customers keep and tell: shopping lists, orders placed in the chat, reviews, ratings of a chat."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, Table, Text

from store.tables.base import metadata
from store.types import UtcDateTime

#: A customer's list is hers wherever she writes; a visitor's belongs to her conversation. No foreign keys in this room:
#: an import may withdraw a customer or a product and bring it back.
shopping_items = Table(
    "shopping_items",
    metadata,
    Column("item_id", Integer, primary_key=True, autoincrement=True),
    #: "customer:ana" or "conversation:…".
    Column("owner", String(220), nullable=False),
    #: As she said it: "milk". Once a list, whatever the case.
    Column("name", String(120), nullable=False),
    #: NULL where the shop sells nothing that is plainly meant.
    Column("product_id", String(64)),
    Column("quantity", Integer, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Index("ix_shopping_items_owner", "owner"),
)

placed_orders = Table(
    "placed_orders",
    metadata,
    #: Given by the caller: the same key again places nothing.
    Column("key", String(200), primary_key=True),
    Column("order_id", String(64), nullable=False),
    Column("customer_id", String(64), nullable=False),
    Column("placed_at", UtcDateTime, nullable=False),
)

reviews = Table(
    "reviews",
    metadata,
    Column("review_id", String(36), primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("customer_id", String(64), nullable=False, index=True),
    Column("product_id", String(64), nullable=False, index=True),
    #: 1 to 5.
    Column("stars", Integer, nullable=False),
    #: Without card numbers and the like; empty where she gave stars alone.
    Column("text", Text, nullable=False),
    #: -1 (angry) to 1 (happy) of the text; NULL without one.
    Column("sentiment", Float),
    Column("created_at", UtcDateTime, nullable=False),
)

#: One row a conversation: it is asked once.
chat_ratings = Table(
    "chat_ratings",
    metadata,
    Column("conversation_id", String(200), primary_key=True),
    #: NULL for a visitor.
    Column("customer_id", String(64), index=True),
    #: 1 to 5; NULL while she has not answered.
    Column("score", Integer),
    Column("comment", Text, nullable=False, default=""),
    Column("declined", Boolean, nullable=False, default=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("rated_at", UtcDateTime),
    Index("ix_chat_ratings_rated_at", "rated_at"),
)
