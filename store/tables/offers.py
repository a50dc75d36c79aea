"""Offers, the products each covers, and who redeemed which."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Numeric, String, Table

from store.tables.base import metadata
from store.types import UtcDateTime, json_column

offers = Table(
    "offers",
    metadata,
    Column("offer_id", String(64), primary_key=True),
    Column("title", String(300), nullable=False),
    Column("description", String(1000), nullable=False, default=""),
    #: "percent", "amount" or "coupon" (a coupon whose value the source does not tell).
    Column("kind", String(16), nullable=False),
    Column("value", Numeric(12, 2, asdecimal=False)),
    Column("category", String(200)),
    Column("campaign_id", String(64)),
    Column("starts_at", UtcDateTime),
    Column("ends_at", UtcDateTime),
    Column("active", Boolean, nullable=False, default=True),
    Column("rules", json_column(), nullable=False, default=dict),
)

offer_products = Table(
    "offer_products",
    metadata,
    Column("offer_id", String(64), ForeignKey("offers.offer_id"), primary_key=True),
    Column("product_id", String(64), primary_key=True),
    sqlite_with_rowid=False,
)

redemptions = Table(
    "redemptions",
    metadata,
    Column("redemption_id", Integer, primary_key=True, autoincrement=True),
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), nullable=False),
    Column("offer_id", String(64), nullable=False),
    Column("redeemed_at", UtcDateTime, nullable=False),
    Index("ix_redemptions_customer_id", "customer_id"),
)
