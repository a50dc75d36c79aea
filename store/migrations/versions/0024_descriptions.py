"""The catalogue may tell of a product in prose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("products", sa.Column("description", sa.Text()))


def downgrade() -> None:
    op.drop_column("products", "description")
