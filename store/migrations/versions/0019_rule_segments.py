"""Segments made by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.types import UtcDateTime, json_column

revision = "0019"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_segments",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("condition", json_column(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_rule_segments")),
    )


def downgrade() -> None:
    op.drop_table("rule_segments")
