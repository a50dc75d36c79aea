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
    #: What a change of items made of `total`; NULL: as the shop reports it. It wins over `total`.
    Column("changed_total", Numeric(12, 2, asdecimal=False)),
    #: The delivery slot and the way to pay a customer chose; NULL: as the shop knows them. No import touches them.
    Column("slot_starts_at", UtcDateTime),
    Column("slot_ends_at", UtcDateTime),
    Column("payment_method", String(64)),
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

order_line_changes = Table(
    "order_line_changes",
    metadata,
    #: No foreign key: an import may withdraw an order and bring it back, and touches nothing here.
    Column("order_id", String(64), primary_key=True),
    Column("product_id", String(64), primary_key=True),
    #: Wins over all lines of the product in that order; 0: it was taken out.
    Column("quantity", Integer, nullable=False),
    #: Paid for all of `quantity`, in major currency units.
    Column("amount", Numeric(12, 2, asdecimal=False), nullable=False),
)
