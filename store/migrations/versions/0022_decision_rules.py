"""A decision is kept with the shop's rule that held and its reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decisions", sa.Column("rule", sa.String(length=32)))
    op.add_column("decisions", sa.Column("reason", sa.String(length=300)))


def downgrade() -> None:
    op.drop_column("decisions", "reason")
    op.drop_column("decisions", "rule")
