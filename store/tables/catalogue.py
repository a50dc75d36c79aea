"""What the shop sells."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, Table, Text
from sqlalchemy import Numeric as Decimal

from store.tables.base import metadata

products = Table(
    "products",
    metadata,
    Column("product_id", String(64), primary_key=True),
    #: What a person reads: "Kids cereal, 14.5 oz".
    Column("name", String(300), nullable=False),
    Column("category", String(200), nullable=False),
    Column("department", String(200), nullable=False),
    Column("brand", String(200)),
    Column("size", String(80)),
    #: Major currency units; NULL where it was never sold.
    Column("price", Decimal(12, 2, asdecimal=False)),
    #: Order lines it appears in, over the whole history.
    Column("times_sold", Integer, nullable=False, default=0),
    Column("in_stock", Boolean, nullable=False, default=True),
    #: Pieces there are; NULL where the shop does not tell.
    Column("stock", Integer),
    #: (price - cost) / price, up to 1; NULL where the shop does not tell.
    Column("margin", Float),
    #: Prose without markup, up to 2,000 letters; NULL where the shop tells nothing.
    Column("description", Text),
    Index("ix_products_category", "category"),
)
