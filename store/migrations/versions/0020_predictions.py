"""What is expected of each customer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.types import UtcDateTime, json_column

revision = "0020"
down_revision = "0017"
branch_labels = None
depends_on = None

_INDEXED = ("churn", "value", "at_risk")


def upgrade() -> None:
    op.create_table(
        "predictions",
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("listed", json_column(), nullable=False),
        sa.Column("churn", sa.Float()),
        sa.Column("value", sa.Float()),
        sa.Column("at_risk", sa.Float(), nullable=False),
        sa.Column("model_version", sa.String(length=40), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.customer_id"], name=op.f("fk_predictions_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_predictions")),
    )
    for column in _INDEXED:
        op.create_index(op.f(f"ix_predictions_{column}"), "predictions", [column])


def downgrade() -> None:
    for column in _INDEXED:
        op.drop_index(op.f(f"ix_predictions_{column}"), table_name="predictions")
    op.drop_table("predictions")
