"""The transcript: messages in order, with what the bot understood and decided beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from console.queries.training import Label, labels_of
from store.tables import decisions, messages, offers, products, turns

#: Messages on one page of the transcript; older ones are a click away.
PAGE = 150
#: How many of the latest customer messages may still get their turn written while the page is open.
_UNSETTLED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnNote:
    """What the bot made of a customer's message."""

    intent: str | None
    confidence: float | None
    sentiment: float | None
    outcome: str
    actions: list[str]
    latency_ms: float | None
    #: Intents of further requests in the same message.
    further: list[str]
    #: What a person said of it.
    label: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionNote:
    """An offer or a recommendation made or withheld; `what` are titles a person reads."""

    kind: str
    what: list[str]
    withheld: str | None
    propensity: float
    candidates: int
    #: The shop's rule that held, and why this offer, one clause.
    rule: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message of the transcript. `choice`: the customer pressed a quick reply instead of typing."""

    message_id: str
    seq: int
    author: str
    author_name: str | None
    text: str
    at: datetime
    state: str | None
    choice: bool
    cards: list[dict[str, Any]]
    quick_replies: list[str]
    turn: TurnNote | None = None
    decisions: list[DecisionNote] = field(default_factory=list)


def lines_after(connection: Connection, conversation_id: str, seq: int) -> list[Line]:
    """Give the messages after `seq`, in order."""
    return _lines(connection, conversation_id, messages.c.seq > seq)


def lines_before(connection: Connection, conversation_id: str, seq: int | None) -> list[Line]:
    """Give the last page of messages before `seq` (None: of all), in order."""
    return _lines(connection, conversation_id, messages.c.seq < seq if seq is not None else messages.c.seq > 0)


def unsettled(connection: Connection, conversation_id: str, seq: int) -> list[Line]:
    """Give the latest customer messages up to `seq`: their turn may have been written after they were shown."""
    query = (
        select(messages.c.seq)
        .where(messages.c.conversation_id == conversation_id, messages.c.author == "customer", messages.c.seq <= seq)
        .order_by(messages.c.seq.desc())
        .limit(_UNSETTLED)
    )
    found = [row.seq for row in connection.execute(query)]
    return _lines(connection, conversation_id, messages.c.seq.in_(found)) if found else []


def _lines(connection: Connection, conversation_id: str, which: ColumnElement[bool]) -> list[Line]:
    query = select(messages).where(messages.c.conversation_id == conversation_id, which)
    rows = connection.execute(query.order_by(messages.c.seq.desc()).limit(PAGE)).all()[::-1]
    notes = _turns(connection, [row.message_id for row in rows if row.author == "customer"])
    shown_under = _anchors(rows, {message_id: turn_id for message_id, (turn_id, _) in notes.items()})
    decided = _decisions(connection, shown_under)
    return [
        Line(
            message_id=row.message_id,
            seq=row.seq,
            author=row.author,
            author_name=row.author_name,
            text=row.text,
            at=row.created_at,
            state=row.state,
            choice=bool(row.payload.get("choice")),
            cards=list(row.payload.get("cards") or ()),
            quick_replies=[str(reply.get("title", "")) for reply in row.payload.get("quick_replies") or ()],
            turn=notes[row.message_id][1] if row.message_id in notes else None,
            decisions=decided[row.message_id],
        )
        for row in rows
    ]


def _turns(connection: Connection, message_ids: list[str]) -> dict[str, tuple[str, TurnNote]]:
    rows = connection.execute(select(turns).where(turns.c.message_id.in_(message_ids))).all()
    labels = labels_of(connection, [row.turn_id for row in rows])
    return {
        row.message_id: (
            row.turn_id,
            TurnNote(
                intent=row.intent, confidence=row.confidence, sentiment=row.sentiment, outcome=row.outcome,
                actions=row.actions, latency_ms=row.latency_ms, further=[str(part.get("intent")) for part in row.parts],
                label=labels.get(row.turn_id),
            ),
        )
        for row in rows
    }  # fmt: skip


def _anchors(rows: Iterable[Any], turn_of: dict[str, str]) -> dict[str, str]:
    """Say under which message each turn's decisions are shown: the last reply on the page, else the question."""
    anchors = {turn_id: message_id for message_id, turn_id in turn_of.items()}
    for row in rows:
        if row.author == "bot" and row.turn_id:
            anchors[row.turn_id] = row.message_id
    return anchors


def _decisions(connection: Connection, anchors: dict[str, str]) -> dict[str, list[DecisionNote]]:
    """Give the decisions of the turns, by the message they are shown under."""
    query = select(decisions).where(decisions.c.turn_id.in_(list(anchors))).order_by(decisions.c.created_at)
    rows = connection.execute(query).all()
    titles = _titles(connection, rows)
    shown: defaultdict[str, list[DecisionNote]] = defaultdict(list)
    for row in rows:
        chosen = [part for part in (row.chosen or "").split(",") if part]
        shown[anchors[row.turn_id]].append(
            DecisionNote(
                kind=row.kind, what=[titles.get((row.kind, part), part) for part in chosen], withheld=row.withheld,
                propensity=row.propensity, candidates=sum(1 for one in row.candidates if one.get("offer_id", "")),
                rule=row.rule, reason=row.reason,
            )
        )  # fmt: skip
    return shown


def _titles(connection: Connection, rows: Iterable[Any]) -> dict[tuple[str, str], str]:
    """Give the titles of the offers and products that were chosen."""
    chosen = {(row.kind, part) for row in rows for part in (row.chosen or "").split(",") if part}
    titles: dict[tuple[str, str], str] = {}
    for kind, table, key, title in (
        ("offer", offers, offers.c.offer_id, offers.c.title),
        ("recommendation", products, products.c.product_id, products.c.name),
    ):
        wanted = [part for of_kind, part in chosen if of_kind == kind]
        if wanted:
            found = connection.execute(select(key, title).select_from(table).where(key.in_(wanted)))
            titles |= {(kind, row[0]): row[1] for row in found}
    return titles
