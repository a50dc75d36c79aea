"""Trained models and imports: what was made, from what, with which result, and what was amiss in the data."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Numeric, String, Table

from store.tables.base import metadata
from store.types import UtcDateTime, json_column

artifacts = Table(
    "artifacts",
    metadata,
    #: "segments", "recommender", …
    Column("name", String(40), primary_key=True),
    Column("version", String(40), primary_key=True),
    #: Relative to the artifact folder.
    Column("path", String(300), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("metrics", json_column(), nullable=False, default=dict),
    Column("active", Boolean, nullable=False, default=False),
    Column("created_at", UtcDateTime, nullable=False),
)

import_runs = Table(
    "import_runs",
    metadata,
    Column("import_id", Integer, primary_key=True, autoincrement=True),
    Column("source", String(300), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    #: {"orders": {"read": n, "written": n, "rejected": {"reason": n}}, …}
    Column("counts", json_column(), nullable=False, default=dict),
    #: Whole days by which every date was moved (a demonstration shop only).
    Column("shifted_days", Integer, nullable=False, default=0),
    #: Figures before and after cleaning: {"lines_read", "lines_written", "gross", "returned", "net", …}; money in the
    #: shop's currency.
    Column("totals", json_column(), nullable=False, default=dict, server_default="{}"),
)

#: What an import found amiss in its sources, and what became of it.
quality_findings = Table(
    "quality_findings",
    metadata,
    Column("finding_id", Integer, primary_key=True, autoincrement=True),
    Column("import_id", Integer, ForeignKey("import_runs.import_id"), nullable=False, index=True),
    Column("table_name", String(64), nullable=False),
    #: One of `analytics.quality_records.CHECKS`.
    Column("check_name", String(40), nullable=False),
    #: Rows concerned, of so many looked at.
    Column("found", Integer, nullable=False),
    Column("looked_at", Integer, nullable=False),
    #: "left out", "mended", "matched" or "kept".
    Column("done", String(12), nullable=False),
    #: Money concerned, major currency units; NULL where it is not about money.
    Column("amount", Numeric(14, 2, asdecimal=False)),
    #: A few of them, what is personal redacted: [{"row": "17", …}].
    Column("examples", json_column(), nullable=False, default=list),
)

rejected_rows = Table(
    "rejected_rows",
    metadata,
    Column("rejected_id", Integer, primary_key=True, autoincrement=True),
    Column("import_id", Integer, ForeignKey("import_runs.import_id"), nullable=False, index=True),
    Column("table_name", String(64), nullable=False),
    Column("row_number", Integer, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("row", json_column(), nullable=False, default=dict),
)
