"""Import runs: when, from what, with which counts, and the first rejected rows of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from store.tables import import_runs, rejected_rows


def start_import(connection: Connection, source: str, now: datetime) -> int:
    """Write that an import began; give its id. Without `finished_at` it is running or was interrupted."""
    result = connection.execute(insert(import_runs).values(source=source, started_at=now, counts={}, shifted_days=0))
    key = result.inserted_primary_key
    assert key is not None  # noqa: S101  (an insert of one row has a key)
    return int(key[0])


def finish_import(
    connection: Connection,
    import_id: int,
    *,
    counts: dict[str, Any],
    shifted_days: int,
    totals: dict[str, Any],
    now: datetime,
) -> None:
    """Write that an import is complete."""
    connection.execute(
        update(import_runs)
        .where(import_runs.c.import_id == import_id)
        .values(counts=counts, shifted_days=shifted_days, totals=totals, finished_at=now)
    )


def keep_rejected(connection: Connection, import_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Keep rejected rows: {"table_name", "row_number", "reason", "row"}."""
    if rows:
        connection.execute(insert(rejected_rows), [{"import_id": import_id, **row} for row in rows])


def last_shift(connection: Connection, source: str) -> int | None:
    """Give by how many days the last complete import of a source moved its dates; None where there was none."""
    query = (
        select(import_runs.c.shifted_days)
        .where(import_runs.c.source == source, import_runs.c.finished_at.is_not(None))
        .order_by(import_runs.c.import_id.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()
