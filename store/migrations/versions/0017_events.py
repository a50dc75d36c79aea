"""Trackers send events; the profile and the segment follow at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.types import UtcDateTime, json_column

revision = "0017"
down_revision = "0022"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NOBODY_KNOWN = sa.text("customer_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "write_keys",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_write_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_write_keys_key_hash")),
    )
    op.create_table(
        "events",
        sa.Column("event_id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("message_id", sa.String(length=100), nullable=False),
        sa.Column("type", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("customer_id", sa.String(length=64)),
        sa.Column("anonymous_id", sa.String(length=128)),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("properties", json_column(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_events")),
        sa.UniqueConstraint("message_id", name=op.f("uq_events_message_id")),
    )
    op.create_index("ix_events_customer_id_occurred_at", "events", ["customer_id", "occurred_at"])
    op.create_index(
        "ix_events_anonymous_id",
        "events",
        ["anonymous_id"],
        sqlite_where=_NOBODY_KNOWN,
        postgresql_where=_NOBODY_KNOWN,
    )
    op.create_table(
        "live_profiles",
        sa.Column("subject", sa.String(length=140), nullable=False),
        sa.Column("state", json_column(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("money", sa.Numeric(precision=14, scale=2, asdecimal=False), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_live_profiles")),
    )
    op.create_table(
        "live_links",
        sa.Column("anonymous_id", sa.String(length=128), nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=100), nullable=False),
        sa.Column("linked_at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("anonymous_id", name=op.f("pk_live_links")),
    )
    op.create_index(op.f("ix_live_links_customer_id"), "live_links", ["customer_id"])
    op.create_table(
        "segment_moves",
        sa.Column("move_id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("from_segment", sa.Integer()),
        sa.Column("to_segment", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("model_version", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=8), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("move_id", name=op.f("pk_segment_moves")),
    )
    op.create_index("ix_segment_moves_customer_id_at", "segment_moves", ["customer_id", "at"])
    op.create_index("ix_segment_moves_at", "segment_moves", ["at"])


def downgrade() -> None:
    for table in ("segment_moves", "live_links", "live_profiles", "events", "write_keys"):
        op.drop_table(table)
