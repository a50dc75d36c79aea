"""What could not be met of a customer's requests is kept on her profile; ratings are found by customer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.types import json_column

revision = "0021"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("profiles", sa.Column("unmet_requests", json_column(), nullable=False, server_default="[]"))
    op.create_index(op.f("ix_chat_ratings_customer_id"), "chat_ratings", ["customer_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_chat_ratings_customer_id"), table_name="chat_ratings")
    op.drop_column("profiles", "unmet_requests")
