"""Complaints, and what was granted to make up for them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Numeric, String, Table

from store.tables.base import metadata
from store.types import UtcDateTime

complaints = Table(
    "complaints",
    metadata,
    Column("complaint_id", String(36), primary_key=True),
    #: Of the last message about it: the same key again changes nothing.
    Column("key", String(200), nullable=False, unique=True),
    Column("conversation_id", String(200), nullable=False, index=True),
    #: NULL for a visitor.
    Column("customer_id", String(64), index=True),
    #: One of `analytics.complaint_records.ComplaintTopic`.
    Column("topic", String(16), nullable=False),
    #: "minor", "serious" or "severe".
    Column("severity", String(16), nullable=False),
    #: "refund", "replacement", "apology", "explanation", "person", or empty.
    Column("wish", String(16), nullable=False),
    Column("note", String(400), nullable=False),
    #: Messages that were about it.
    Column("times", Integer, nullable=False),
    #: Credit for her next order, in major currency units; NULL where none was granted.
    Column("goodwill", Numeric(12, 2, asdecimal=False)),
    Column("goodwill_until", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    #: NULL while it is open.
    Column("resolved_at", UtcDateTime),
    Index("ix_complaints_resolved_at", "resolved_at"),
)
