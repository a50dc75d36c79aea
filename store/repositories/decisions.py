"""Decisions: offers and recommendations shown or withheld, each with its propensity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from store.tables import decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision as it is stored; see `store.tables.decisions` for what each field means."""

    decision_id: str
    conversation_id: str
    kind: str
    #: 0 < propensity <= 1.
    propensity: float
    created_at: datetime
    turn_id: str | None = None
    customer_id: str | None = None
    chosen: str | None = None
    withheld: str | None = None
    candidates: list[dict[str, Any]] = field(default_factory=list)
    segment_id: int | None = None
    rule: str | None = None
    reason: str | None = None


def add_decisions(connection: Connection, new: Sequence[Decision]) -> None:
    """Write the decisions of a turn."""
    rows = [{name: getattr(decision, name) for name in Decision.__slots__} for decision in new]
    if rows:
        connection.execute(insert(decisions), rows)


def decisions_of_turn(connection: Connection, turn_id: str) -> list[Decision]:
    """Give the decisions taken in one turn."""
    return [_decision(row) for row in connection.execute(select(decisions).where(decisions.c.turn_id == turn_id))]


def recommended_since(connection: Connection, customer_id: str, since: datetime) -> set[str]:
    """Give the ids of all products that were recommended to a customer since then."""
    shown = select(decisions.c.chosen).where(
        decisions.c.customer_id == customer_id,
        decisions.c.kind == "recommendation",
        decisions.c.chosen.is_not(None),
        decisions.c.created_at >= since,
    )
    return {one for chosen in connection.execute(shown).scalars() for one in chosen.split(",")}


def _decision(row: Row[Any]) -> Decision:
    return Decision(**row._asdict())
