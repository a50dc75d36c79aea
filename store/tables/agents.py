"""People of the shop who sign in to the console, and what they did there."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from store.tables.base import metadata
from store.types import UtcDateTime, json_column

agents = Table(
    "agents",
    metadata,
    Column("agent_id", String(36), primary_key=True),
    Column("email", String(320), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    #: "admin" or "agent".
    Column("role", String(16), nullable=False),
    #: argon2id, with its parameters.
    Column("password_hash", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),
)

agent_sessions = Table(
    "agent_sessions",
    metadata,
    #: SHA-256 of the cookie's value.
    Column("token_hash", String(64), primary_key=True),
    Column("agent_id", String(36), ForeignKey("agents.agent_id"), nullable=False, index=True),
    Column("csrf_token", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
)

setup_tokens = Table(
    "setup_tokens",
    metadata,
    #: SHA-256 of the one-time token that makes the first admin.
    Column("token_hash", String(64), primary_key=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("audit_id", Integer, primary_key=True, autoincrement=True),
    Column("agent_id", String(36), index=True),
    #: "signed_in", "took_over", "gave_back", …
    Column("action", String(40), nullable=False),
    Column("conversation_id", String(36)),
    Column("details", json_column(), nullable=False, default=dict),
    Column("at", UtcDateTime, nullable=False),
)
