"""Orders keep what was changed in them in the chat: items, delivery slot, way to pay."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.types import UtcDateTime, json_column

revision = "0011"
down_revision = "0007"
branch_labels = None
depends_on = None

_MONEY = sa.Numeric(precision=12, scale=2, asdecimal=False)
_ADDED = ("changed_total", "slot_starts_at", "slot_ends_at", "payment_method")


def upgrade() -> None:
    op.add_column("orders", sa.Column("changed_total", _MONEY))
    op.add_column("orders", sa.Column("slot_starts_at", UtcDateTime()))
    op.add_column("orders", sa.Column("slot_ends_at", UtcDateTime()))
    op.add_column("orders", sa.Column("payment_method", sa.String(length=64)))
    op.add_column("order_requests", sa.Column("details", json_column()))
    op.create_table(
        "order_line_changes",
        sa.Column("order_id", sa.String(length=64), nullable=False),
        sa.Column("product_id", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount", _MONEY, nullable=False),
        sa.PrimaryKeyConstraint("order_id", "product_id", name=op.f("pk_order_line_changes")),
    )


def downgrade() -> None:
    op.drop_table("order_line_changes")
    with op.batch_alter_table("order_requests") as requests:
        requests.drop_column("details")
    with op.batch_alter_table("orders") as orders:
        for column in _ADDED:
            orders.drop_column(column)
