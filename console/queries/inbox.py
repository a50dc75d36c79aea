"""The list of conversations: who waits first, by mood, value and waiting (`console.urgency`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from console.queries.standings import Standing, standings_of
from console.urgency import urgency_of
from console.wording import plain
from store.tables import agents, conversations, customers, messages

Show = Literal["waiting", "mine", "all"]
SHOWS: tuple[Show, ...] = ("waiting", "mine", "all")
#: More than anybody reads; the rest is reached by answering these.
LIMIT = 60
#: Read to be put in order; those who wait the longest, where so many do.
MOST_JUDGED = 500


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
    #: Of one that waits: why it stands where it stands, in words; empty where nothing sets it apart.
    why: str = ""

    @property
    def waits(self) -> bool:
        """Whether somebody has to answer."""
        return self.waiting_since is not None or self.owner == "queue"

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


def inbox(connection: Connection, show: Show, agent_id: str, now: datetime | None = None) -> list[InboxEntry]:
    """Give the conversations of a filter: the waiting ones by urgency; then the latest ones."""
    order = (
        case((_waits(), 0), else_=1),
        case((_waits(), func.coalesce(conversations.c.waiting_since, conversations.c.last_message_at)), else_=None),
        conversations.c.last_message_at.desc(),
    )
    query = _entries().where(_filter(show, agent_id)).order_by(*order).limit(LIMIT if show == "mine" else MOST_JUDGED)
    entries = [InboxEntry(**row._asdict()) for row in connection.execute(query)]
    listed = _by_urgency(connection, entries, now or datetime.now(UTC))[:LIMIT]
    spoken = _last_spoken(connection, [entry.conversation_id for entry in listed])
    return [replace(entry, **spoken.get(entry.conversation_id, {})) for entry in listed]


def _by_urgency(connection: Connection, entries: list[InboxEntry], now: datetime) -> list[InboxEntry]:
    """Put those who wait in the order of their urgency, the others after them as they were."""
    waiting = [entry for entry in entries if entry.waits]
    standings = standings_of(connection, {entry.customer_id for entry in waiting if entry.customer_id})
    judged = []
    for entry in waiting:
        standing = standings.get(entry.customer_id or "", Standing())
        since = entry.waiting_since or entry.last_message_at
        urgency = urgency_of(mood=entry.mood, worth=standing.worth, churn=standing.churn, waiting_since=since, now=now)
        judged.append((urgency.value, replace(entry, why=urgency.why)))
    judged.sort(key=lambda one: -one[0])  # stable: of the same urgency the longest waiting stays first
    return [*(entry for _, entry in judged), *(entry for entry in entries if not entry.waits)]


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
