"""Orders and their lines."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Numeric, String, Table, Text

from store.tables.base import metadata
from store.types import UtcDateTime

orders = Table(
    "orders",
    metadata,
    Column("order_id", String(64), primary_key=True),
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), nullable=False),
    Column("placed_at", UtcDateTime, nullable=False),
    #: Paid total and the discount already taken off it, in major currency units.
    Column("total", Numeric(12, 2, asdecimal=False), nullable=False),
    Column("discount", Numeric(12, 2, asdecimal=False), nullable=False, default=0),
    #: As the shop reports it; NULL means it is estimated from `placed_at` and the delivery policy.
    Column("status", String(32)),
    #: What the order service made of it ("cancelled", "return requested"). It wins over `status`; no import touches it.
    Column("changed_status", String(32)),
    #: Where a customer asked it to be sent instead; NULL: where the shop knows it goes.
    Column("delivery_address", Text),
    Column("store_id", String(64)),
    Index("ix_orders_customer_id_placed_at", "customer_id", "placed_at"),
    Index("ix_orders_placed_at", "placed_at"),
)

order_lines = Table(
    "order_lines",
    metadata,
    Column("order_id", String(64), ForeignKey("orders.order_id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("product_id", String(64), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("amount", Numeric(12, 2, asdecimal=False), nullable=False),
    Column("discount", Numeric(12, 2, asdecimal=False), nullable=False, default=0),
    Index("ix_order_lines_product_id", "product_id"),
    sqlite_with_rowid=False,
)
