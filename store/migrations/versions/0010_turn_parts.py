"""Turns keep what was understood of the other requests in the same message."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.types import json_column

revision = "0010"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("turns", sa.Column("parts", json_column(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("turns") as turns:
        turns.drop_column("parts")
