"""Order service: requests about orders, tries to prove whose an order is, and what the service changed in an order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.types import UtcDateTime, json_column

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("changed_status", sa.String(length=32)))
    op.add_column("orders", sa.Column("delivery_address", sa.Text()))
    op.create_table(
        "order_requests",
        sa.Column("request_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("order_id", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("product_ids", json_column(), nullable=False),
        sa.Column("reason", sa.String(length=32)),
        sa.Column("address", sa.Text()),
        sa.Column("amount", sa.Numeric(precision=12, scale=2, asdecimal=False)),
        sa.Column("refund_by", UtcDateTime()),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_order_requests")),
        sa.UniqueConstraint("key", name=op.f("uq_order_requests_key")),
    )
    op.create_index(op.f("ix_order_requests_order_id"), "order_requests", ["order_id"])
    op.create_index(op.f("ix_order_requests_customer_id"), "order_requests", ["customer_id"])
    op.create_table(
        "identity_attempts",
        sa.Column("attempt_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("conversation_id", sa.String(length=200), nullable=False),
        sa.Column("visitor_id", sa.String(length=36)),
        sa.Column("order_id", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_identity_attempts")),
        sa.UniqueConstraint("key", name=op.f("uq_identity_attempts_key")),
    )
    op.create_index("ix_identity_attempts_conversation_id", "identity_attempts", ["conversation_id"])
    op.create_index("ix_identity_attempts_visitor_id_at", "identity_attempts", ["visitor_id", "at"])
    op.create_index("ix_identity_attempts_order_id_at", "identity_attempts", ["order_id", "at"])


def downgrade() -> None:
    op.drop_table("identity_attempts")
    op.drop_table("order_requests")
    op.drop_column("orders", "delivery_address")
    op.drop_column("orders", "changed_status")
