"""The audit log: who did what, and when. Rows are added and read, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from store.tables import agents, audit_log


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One action of one person; `agent_name` is None where nobody was signed in."""

    audit_id: int
    agent_id: str | None
    agent_name: str | None
    action: str
    conversation_id: str | None
    details: dict[str, Any]
    at: datetime


def note(
    connection: Connection,
    action: str,
    now: datetime,
    *,
    agent_id: str | None,
    conversation_id: str | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Add one row. `details` never hold a password, a token or what a customer wrote."""
    connection.execute(
        insert(audit_log).values(
            action=action, at=now, agent_id=agent_id, conversation_id=conversation_id, details=details or {}
        )
    )


def latest(connection: Connection, limit: int = 100, *, before: int | None = None) -> list[AuditRow]:
    """Give the latest rows, newest first; `before` an audit id to read on."""
    query = select(audit_log, agents.c.name.label("agent_name")).join_from(
        audit_log, agents, agents.c.agent_id == audit_log.c.agent_id, isouter=True
    )
    if before is not None:
        query = query.where(audit_log.c.audit_id < before)
    rows = connection.execute(query.order_by(audit_log.c.audit_id.desc()).limit(limit))
    return [AuditRow(**row._asdict()) for row in rows]
