"""Merges of customers: which two, by which key, and every row they touched as it was and as it became."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from store.tables.base import metadata
from store.types import UtcDateTime, json_column

customer_merges = Table(
    "customer_merges",
    metadata,
    Column("merge_id", Integer, primary_key=True, autoincrement=True),
    #: Who stays, and whose rows became hers. No foreign keys: the second is gone while the merge holds.
    Column("kept_id", String(64), nullable=False, index=True),
    Column("merged_id", String(64), nullable=False, index=True),
    #: "proposed", "merged", "undone" or "refused".
    Column("state", String(12), nullable=False),
    #: The verified key both have: its namespace ("email") and its value; NULL where a person merged them.
    Column("key_name", String(32)),
    Column("key_value", String(320)),
    #: "import: My shop", or the person's name.
    Column("by", String(200), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("undone_by", String(200)),
    Column("undone_at", UtcDateTime),
)

merged_rows = Table(
    "merged_rows",
    metadata,
    Column("merge_id", Integer, ForeignKey("customer_merges.merge_id"), primary_key=True),
    #: Order in which it was done; undone backwards.
    Column("place", Integer, primary_key=True),
    Column("table_name", String(64), nullable=False),
    #: "changed", "removed" or "added".
    Column("what", String(8), nullable=False),
    #: {column: value} of the primary key as it became (of what was removed: as it was).
    Column("row_key", json_column(), nullable=False),
    #: The changed columns before and after; of what was removed or added, the whole row.
    Column("before", json_column(), nullable=False, default=dict),
    Column("after", json_column(), nullable=False, default=dict),
    Index("ix_merged_rows_table_name", "table_name"),
)
