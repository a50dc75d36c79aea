"""Data from other systems, what was amiss in it, and one customer across all of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.types import UtcDateTime, json_column

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _sources()
    _merging()
    _quality()


def downgrade() -> None:
    op.drop_index(op.f("ix_quality_findings_import_id"), table_name="quality_findings")
    op.drop_table("quality_findings")
    with op.batch_alter_table("import_runs") as batch:
        batch.drop_column("totals")
    op.drop_index("ix_merged_rows_table_name", table_name="merged_rows")
    op.drop_table("merged_rows")
    for column in ("merged_id", "kept_id"):
        op.drop_index(op.f(f"ix_customer_merges_{column}"), table_name="customer_merges")
    op.drop_table("customer_merges")
    for table, columns in (
        ("returns", ("customer_id", "order_id")),
        ("outside_reviews", ("customer_id", "product_id")),
        ("mentions", ("written_at", "product_id", "customer_id")),
        ("contacts", ("customer_id",)),
    ):
        for column in columns:
            op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.drop_table(table)


def _sources() -> None:
    op.create_table(
        "contacts",
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("contact_id", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=64)),
        sa.Column("traits", json_column(), nullable=False),
        sa.Column("preferences", json_column(), nullable=False),
        sa.Column("updated_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("source", "contact_id", name=op.f("pk_contacts")),
    )
    op.create_index(op.f("ix_contacts_customer_id"), "contacts", ["customer_id"])
    op.create_table(
        "mentions",
        sa.Column("mention_id", sa.String(length=64), nullable=False),
        sa.Column("network", sa.String(length=32), nullable=False),
        sa.Column("handle", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.String(length=500)),
        sa.Column("sentiment", sa.Float()),
        sa.Column("customer_id", sa.String(length=64)),
        sa.Column("product_id", sa.String(length=64)),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("mention_id", name=op.f("pk_mentions")),
    )
    for column in ("customer_id", "product_id", "written_at"):
        op.create_index(op.f(f"ix_mentions_{column}"), "mentions", [column])
    op.create_table(
        "outside_reviews",
        sa.Column("review_id", sa.String(length=64), nullable=False),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("product_id", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=200)),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sentiment", sa.Float()),
        sa.Column("customer_id", sa.String(length=64)),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_outside_reviews")),
    )
    for column in ("product_id", "customer_id"):
        op.create_index(op.f(f"ix_outside_reviews_{column}"), "outside_reviews", [column])
    op.create_table(
        "returns",
        sa.Column("return_id", sa.String(length=64), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.String(length=64)),
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("product_id", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(12, 2), nullable=False),
        sa.Column("returned_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("return_id", "line", "part", name=op.f("pk_returns")),
    )
    for column in ("order_id", "customer_id"):
        op.create_index(op.f(f"ix_returns_{column}"), "returns", [column])


def _merging() -> None:
    op.create_table(
        "customer_merges",
        sa.Column("merge_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kept_id", sa.String(length=64), nullable=False),
        sa.Column("merged_id", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("key_name", sa.String(length=32)),
        sa.Column("key_value", sa.String(length=320)),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("undone_by", sa.String(length=200)),
        sa.Column("undone_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("merge_id", name=op.f("pk_customer_merges")),
    )
    for column in ("kept_id", "merged_id"):
        op.create_index(op.f(f"ix_customer_merges_{column}"), "customer_merges", [column])
    op.create_table(
        "merged_rows",
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("row_key", json_column(), nullable=False),
        sa.Column("before", json_column(), nullable=False),
        sa.Column("after", json_column(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["customer_merges.merge_id"], name=op.f("fk_merged_rows_merge_id_customer_merges")
        ),
        sa.PrimaryKeyConstraint("merge_id", "place", name=op.f("pk_merged_rows")),
    )
    op.create_index("ix_merged_rows_table_name", "merged_rows", ["table_name"])


def _quality() -> None:
    op.add_column("import_runs", sa.Column("totals", json_column(), nullable=False, server_default="{}"))
    op.create_table(
        "quality_findings",
        sa.Column("finding_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("check_name", sa.String(length=40), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("done", sa.String(length=12), nullable=False),
        sa.Column("amount", sa.Numeric(14, 2)),
        sa.Column("examples", json_column(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_runs.import_id"], name=op.f("fk_quality_findings_import_id_import_runs")
        ),
        sa.PrimaryKeyConstraint("finding_id", name=op.f("pk_quality_findings")),
    )
    op.create_index(op.f("ix_quality_findings_import_id"), "quality_findings", ["import_id"])
