"""Turns: what the bot made of a customer's message, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, insert, select, update

from store.tables import messages, turns

Outcome = Literal[
    "answered", "fallback", "asked_back", "offered_person", "handed_over", "suppressed", "unanswered", "agent"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn as it is stored; see `store.tables.turns` for what each field means."""

    turn_id: str
    conversation_id: str
    message_id: str
    outcome: Outcome
    created_at: datetime
    customer_id: str | None = None
    intent: str | None = None
    confidence: float | None = None
    ranking: list[dict[str, Any]] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)
    sentiment: float | None = None
    actions: list[str] = field(default_factory=list)
    latency_ms: float | None = None
    parts: list[dict[str, Any]] = field(default_factory=list)


# Statements are made once: making one anew costs SQLAlchemy more than running it.
_INSERT = insert(turns)
_OF_MESSAGE = select(turns).where(turns.c.message_id == bindparam("which"))
_CHANGE = update(turns).where(turns.c.message_id == bindparam("which"))


def add_turns(connection: Connection, new: Sequence[Turn]) -> None:
    """Write turns; a message has at most one."""
    if new:
        connection.execute(_INSERT, [_values(turn) for turn in new])


def turn_of_message(connection: Connection, message_id: str) -> Turn | None:
    """Give the turn that answered a message; None while there is none."""
    found = connection.execute(_OF_MESSAGE, {"which": message_id}).first()
    return None if found is None else Turn(**found._asdict())


def add_understanding(connection: Connection, turn: Turn) -> None:
    """Write what the bot understood into the turn that a person settled meanwhile; its outcome stays as it is."""
    understood = {
        name: getattr(turn, name)
        for name in ("intent", "confidence", "ranking", "entities", "sentiment", "actions", "latency_ms", "parts")
    }
    connection.execute(_CHANGE, {"which": turn.message_id, **understood})


def _values(turn: Turn) -> dict[str, Any]:
    return {name: getattr(turn, name) for name in Turn.__slots__}


def texts_of(connection: Connection, intent: str) -> Iterator[tuple[str, datetime, str]]:
    """Give (customer id, moment, her words) of known customers' turns of one intent, oldest first, a few at a time."""
    query = (
        select(turns.c.customer_id, turns.c.created_at, messages.c.text)
        .join(messages, messages.c.message_id == turns.c.message_id)
        .where(turns.c.intent == intent, turns.c.customer_id.is_not(None))
        .order_by(turns.c.created_at, turns.c.turn_id)
    )
    for row in connection.execute(query, execution_options={"yield_per": 5_000}):
        yield row[0], row[1], row[2]
