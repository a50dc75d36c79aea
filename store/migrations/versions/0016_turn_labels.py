"""People say what a customer meant where the bot did not understand her."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.types import UtcDateTime

revision = "0016"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "turn_labels",
        sa.Column("turn_id", sa.String(length=36), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("intent", sa.String(length=100)),
        sa.Column("agent_id", sa.String(length=36), nullable=False),
        sa.Column("labelled_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.turn_id"], name=op.f("fk_turn_labels_turn_id_turns")),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.agent_id"], name=op.f("fk_turn_labels_agent_id_agents")),
        sa.PrimaryKeyConstraint("turn_id", name=op.f("pk_turn_labels")),
    )
    op.create_index(op.f("ix_turn_labels_labelled_at"), "turn_labels", ["labelled_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_turn_labels_labelled_at"), table_name="turn_labels")
    op.drop_table("turn_labels")
