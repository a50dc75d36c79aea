"""The list of conversations: who waits first, worst mood before longest waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from console.wording import MOOD_BOUNDS, plain
from store.tables import agents, conversations, customers, messages

Show = Literal["waiting", "mine", "all"]
SHOWS: tuple[Show, ...] = ("waiting", "mine", "all")
#: More than anybody reads; the rest is reached by answering these.
LIMIT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxEntry:
    """One conversation as the list shows it."""

    conversation_id: str
    customer_id: str | None
    name: str | None
    channel: str
    owner: str
    agent_id: str | None
    agent_name: str | None
    mood: float | None
    topic: str | None
    waiting_since: datetime | None
    last_message_at: datetime
    #: The last that somebody said, the house's own lines left out; the list has it, a single entry does not.
    last_author: str | None = None
    last_text: str | None = None

    @property
    def who(self) -> str:
        """Her name; the shop's number for her where it knows no name; "Visitor" where it does not know her."""
        number = f"Customer {self.customer_id}" if self.customer_id else "Visitor"
        return plain(self.name or number, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxCounts:
    """How many conversations each filter shows."""

    waiting: int
    mine: int
    all: int


def _waits() -> ColumnElement[bool]:
    return conversations.c.waiting_since.is_not(None) | (conversations.c.owner == "queue")


def _filter(show: Show, agent_id: str) -> ColumnElement[bool]:
    if show == "waiting":
        return _waits()
    if show == "mine":
        return and_(conversations.c.owner == "agent", conversations.c.agent_id == agent_id)
    return conversations.c.last_seq > 0


def _entries() -> Select[Any]:
    columns = conversations.c
    return (
        select(
            columns.conversation_id, columns.customer_id, customers.c.name, columns.channel, columns.owner,
            columns.agent_id, agents.c.name.label("agent_name"), columns.mood, columns.topic, columns.waiting_since,
            columns.last_message_at,
        )
        .join_from(conversations, customers, customers.c.customer_id == columns.customer_id, isouter=True)
        .join(agents, agents.c.agent_id == columns.agent_id, isouter=True)
    )  # fmt: skip


def inbox(connection: Connection, show: Show, agent_id: str) -> list[InboxEntry]:
    """Give the conversations of a filter: the waiting ones by mood, then by waiting time; then the latest ones."""
    mood = func.coalesce(conversations.c.mood, 0.0)
    rank = case(*((mood < bound, number) for number, bound in enumerate(MOOD_BOUNDS)), else_=len(MOOD_BOUNDS))
    waits = _waits()
    order = (
        case((waits, 0), else_=1),
        case((waits, rank), else_=0),
        case((waits, func.coalesce(conversations.c.waiting_since, conversations.c.last_message_at)), else_=None),
        conversations.c.last_message_at.desc(),
    )
    query = _entries().where(_filter(show, agent_id)).order_by(*order).limit(LIMIT)
    rows = connection.execute(query).all()
    spoken = _last_spoken(connection, [row.conversation_id for row in rows])
    return [InboxEntry(**row._asdict(), **spoken.get(row.conversation_id, {})) for row in rows]


def inbox_entry(connection: Connection, conversation_id: str) -> InboxEntry | None:
    """Give one conversation; None for an unknown id."""
    found = connection.execute(_entries().where(conversations.c.conversation_id == conversation_id)).first()
    return None if found is None else InboxEntry(**found._asdict())


def counts(connection: Connection, agent_id: str) -> InboxCounts:
    """Count what each filter shows."""
    sums = (func.coalesce(func.sum(case((_filter(show, agent_id), 1), else_=0)), 0).label(show) for show in SHOWS)
    return InboxCounts(**connection.execute(select(*sums)).one()._asdict())


def _last_spoken(connection: Connection, conversation_ids: list[str]) -> dict[str, dict[str, Any]]:
    """Give author and text of each conversation's last message that is not a system line."""
    spoken = (messages.c.author != "system") & messages.c.conversation_id.in_(conversation_ids)
    last = select(messages.c.conversation_id, func.max(messages.c.seq).label("seq")).where(spoken)
    latest = last.group_by(messages.c.conversation_id).subquery()
    same = (messages.c.conversation_id == latest.c.conversation_id) & (messages.c.seq == latest.c.seq)
    query = select(messages.c.conversation_id, messages.c.author, messages.c.text).join_from(messages, latest, same)
    return {row[0]: {"last_author": row[1], "last_text": row[2]} for row in connection.execute(query)}
