"""Trained models and imports: what was made, from what, with which result."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

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
