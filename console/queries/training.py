"""Turns to learn from: what the bot did not understand or was unsure of, and what people said of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, select

from console.metrics import BOT_OUTCOMES, NOT_UNDERSTOOD
from store.tables import agents, messages, turn_labels, turns

Show = Literal["open", "missed", "unsure", "judged"]
SHOWS: tuple[Show, ...] = ("open", "missed", "unsure", "judged")
#: Below this confidence an answered turn is worth a look; the transcript shows it in red from the same bound.
UNSURE_BELOW = 0.6
#: Older turns tell of an older bot.
WITHIN = timedelta(days=90)
#: Turns on one page.
PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a person said of a turn; fields as in `store.tables.turn_labels`."""

    verdict: str
    intent: str | None
    agent_name: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A customer's message with what the bot made of it. `chosen`: the reading she pressed when it asked back."""

    turn_id: str
    message_id: str
    conversation_id: str
    seq: int
    text: str
    at: datetime
    intent: str | None
    confidence: float | None
    ranking: list[tuple[str, float]]
    outcome: str
    label: Label | None
    chosen: str | None = None
    #: She pressed a quick reply, so there is nothing to understand.
    pressed: bool = False


def candidates(
    connection: Connection, show: Show, now: datetime, *, intent: str = "", page: int = 0
) -> list[Candidate]:
    """Give a page of turns, the newest first; `intent` only those read so, or labelled so."""
    query = _turns().where(_filter(show, now), *_about(intent))
    order = turn_labels.c.labelled_at if show == "judged" else turns.c.created_at
    rows = connection.execute(query.order_by(order.desc(), turns.c.turn_id).limit(PAGE).offset(PAGE * page)).all()
    return [_candidate(connection, row) for row in rows]


def candidate(connection: Connection, message_id: str) -> Candidate | None:
    """Give the turn of one message; None where there is none (yet)."""
    found = connection.execute(_turns().where(turns.c.message_id == message_id)).first()
    return None if found is None else _candidate(connection, found)


def counts(connection: Connection, now: datetime, *, intent: str = "") -> dict[str, int]:
    """Count what each filter shows."""
    sums = (func.coalesce(func.sum(case((_filter(show, now), 1), else_=0)), 0).label(show) for show in SHOWS)
    query = _joined(select(*sums)).where((turns.c.created_at >= now - WITHIN) | _judged(), *_about(intent))
    return {name: int(number) for name, number in connection.execute(query).one()._asdict().items()}


def labels_of(connection: Connection, turn_ids: list[str]) -> dict[str, Label]:
    """Give the labels of turns, by turn id; one without a label is left out."""
    query = (
        select(turn_labels, agents.c.name.label("agent_name"))
        .join_from(turn_labels, agents, agents.c.agent_id == turn_labels.c.agent_id, isouter=True)
        .where(turn_labels.c.turn_id.in_(turn_ids))
    )
    return {
        row.turn_id: Label(verdict=row.verdict, intent=row.intent, agent_name=row.agent_name, at=row.labelled_at)
        for row in connection.execute(query)
    }


def meant_by(payload: dict[str, Any]) -> str | None:
    """Give the intent of a pressed reading: a choice `/track_order{"mode": "meant"}`; None of any other message."""
    intent, brace, told = str(payload.get("choice") or "").removeprefix("/").partition("{")
    try:
        details = json.loads(brace + told) if brace else None
    except ValueError:
        return None
    return intent if isinstance(details, dict) and details.get("mode") == "meant" else None


def _turns() -> Select[Any]:
    return _joined(
        select(
            turns, messages.c.seq, messages.c.text, messages.c.payload, turn_labels.c.verdict,
            turn_labels.c.intent.label("meant"), turn_labels.c.labelled_at, agents.c.name.label("agent_name"),
        )
    )  # fmt: skip


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(turns)
        .join(messages, messages.c.message_id == turns.c.message_id)
        .join(turn_labels, turn_labels.c.turn_id == turns.c.turn_id, isouter=True)
        .join(agents, agents.c.agent_id == turn_labels.c.agent_id, isouter=True)
    )


def _judged() -> ColumnElement[bool]:
    return turn_labels.c.turn_id.is_not(None)


def _filter(show: Show, now: datetime) -> ColumnElement[bool]:
    if show == "judged":
        return _judged()
    typed: ColumnElement[bool] = messages.c.payload["choice"].as_string().is_(None)
    fresh = (turns.c.created_at >= now - WITHIN) & turn_labels.c.turn_id.is_(None) & typed
    missed = turns.c.outcome.in_(sorted(NOT_UNDERSTOOD))
    of_the_bot = turns.c.outcome.in_(sorted(BOT_OUTCOMES - NOT_UNDERSTOOD))
    unsure = of_the_bot & (turns.c.confidence < UNSURE_BELOW)
    wanted: dict[str, ColumnElement[bool]] = {"open": missed | unsure, "missed": missed, "unsure": unsure}
    return fresh & wanted[show]


def _about(intent: str) -> list[ColumnElement[bool]]:
    return [(turns.c.intent == intent) | (turn_labels.c.intent == intent)] if intent else []


def _candidate(connection: Connection, row: Row[Any]) -> Candidate:
    label = None
    if row.verdict is not None:
        label = Label(verdict=row.verdict, intent=row.meant, agent_name=row.agent_name, at=row.labelled_at)
    return Candidate(
        turn_id=row.turn_id, message_id=row.message_id, conversation_id=row.conversation_id, seq=row.seq,
        text=row.text, at=row.created_at, intent=row.intent, confidence=row.confidence, outcome=row.outcome,
        ranking=[(str(one["name"]), float(one["confidence"])) for one in row.ranking],
        label=label, pressed=bool(row.payload.get("choice")),
        chosen=_chosen_after(connection, row) if row.outcome == "asked_back" else None,
    )  # fmt: skip


def _chosen_after(connection: Connection, row: Row[Any]) -> str | None:
    """Give the reading she pressed next, when the bot had asked back."""
    columns = messages.c
    next_of_hers = (
        select(columns.payload)
        .where(columns.conversation_id == row.conversation_id, columns.author == "customer", columns.seq > row.seq)
        .order_by(columns.seq)
        .limit(1)
    )
    return meant_by(connection.execute(next_of_hers).scalar() or {})
