"""The catalogue may tell how many of a product are in stock, and its margin."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("products", sa.Column("stock", sa.Integer()))
    op.add_column("products", sa.Column("margin", sa.Float()))


def downgrade() -> None:
    op.drop_column("products", "margin")
    op.drop_column("products", "stock")
