"""Segments that people made by hand."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from store.tables.base import metadata
from store.types import UtcDateTime, json_column

rule_segments = Table(
    "rule_segments",
    metadata,
    Column("name", String(80), primary_key=True),
    #: The checked rule, as `analytics.segmentation.rules.grammar` has it.
    Column("condition", json_column(), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)
