"""Complaints, and credits granted to make up for them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from store.tables import complaints

# Made once: making a statement anew costs SQLAlchemy more than running it.
_OPEN = select(func.count()).where(complaints.c.customer_id == bindparam("whose"), complaints.c.resolved_at.is_(None))


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRow:
    """One complaint; fields as in `store.tables.complaints`."""

    complaint_id: str
    key: str
    conversation_id: str
    customer_id: str | None
    topic: str
    severity: str
    wish: str
    note: str
    times: int
    goodwill: float | None
    goodwill_until: datetime | None
    created_at: datetime
    resolved_at: datetime | None = None


def complaint_of_key(connection: Connection, key: str) -> ComplaintRow | None:
    """Give the complaint whose last message has this key."""
    return next(iter(_complaints(connection, complaints.c.key == key)), None)


def open_complaints(connection: Connection, **whose: str) -> list[ComplaintRow]:
    """Give complaints that are not resolved, oldest first; of a customer or a conversation where one is given."""
    columns = complaints.c
    which = [columns[name] == value for name, value in whose.items()]
    return _complaints(connection, columns.resolved_at.is_(None), *which)


def complaints_open(connection: Connection, customer_id: str) -> int:
    """Count a customer's complaints that are not resolved."""
    return int(connection.execute(_OPEN, {"whose": customer_id}).scalar_one())


def complaints_since(connection: Connection, customer_id: str, since: datetime) -> int:
    """Count a customer's complaints made since a moment, resolved ones included."""
    columns = complaints.c
    query = select(func.count()).select_from(complaints)
    which = (columns.customer_id == customer_id) & (columns.created_at >= since)
    return int(connection.execute(query.where(which)).scalar_one())


def goodwill_granted_since(connection: Connection, customer_id: str, since: datetime) -> bool:
    """Whether a customer was granted a credit for a complaint made since a moment."""
    columns = complaints.c
    query = select(columns.complaint_id).where(
        columns.customer_id == customer_id, columns.goodwill.is_not(None), columns.created_at >= since
    )
    return connection.execute(query).first() is not None


def add_complaint(connection: Connection, row: ComplaintRow) -> None:
    """Write a complaint; its key must be new."""
    connection.execute(insert(complaints).values(**asdict(row)))


def change_complaint(connection: Connection, row: ComplaintRow) -> None:
    """Write a complaint as it is now over what it was."""
    values = {name: value for name, value in asdict(row).items() if name != "complaint_id"}
    connection.execute(update(complaints).where(complaints.c.complaint_id == row.complaint_id).values(**values))


def resolve_complaint(connection: Connection, complaint_id: str, at: datetime) -> bool:
    """Close an open complaint; False where no open one has this id."""
    which = (complaints.c.complaint_id == complaint_id) & complaints.c.resolved_at.is_(None)
    return bool(connection.execute(update(complaints).where(which).values(resolved_at=at)).rowcount)


def _complaints(connection: Connection, *which: Any) -> list[ComplaintRow]:
    oldest = select(complaints).where(*which).order_by(complaints.c.created_at, complaints.c.complaint_id)
    return [ComplaintRow(**row._asdict()) for row in connection.execute(oldest)]
