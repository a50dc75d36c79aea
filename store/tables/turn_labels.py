"""What people said of the bot's understanding: the intent that was meant, "right", or "not for training"."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from store.tables.base import metadata
from store.types import UtcDateTime

#: At most one a turn: the latest word counts, the audit log keeps the earlier ones.
turn_labels = Table(
    "turn_labels",
    metadata,
    Column("turn_id", String(36), ForeignKey("turns.turn_id"), primary_key=True),
    #: "corrected", "right" or "left_out" (not for training).
    Column("verdict", String(12), nullable=False),
    #: What the customer meant; NULL of what is left out.
    Column("intent", String(100)),
    Column("agent_id", String(36), ForeignKey("agents.agent_id"), nullable=False),
    Column("labelled_at", UtcDateTime, nullable=False, index=True),
)
