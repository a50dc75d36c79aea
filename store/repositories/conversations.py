"""Conversations: finding hers, counting its messages, changing its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from store.tables import agents, conversations

Owner = Literal["bot", "queue", "agent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation as it is stored; see `store.tables.conversations` for what each field means."""

    conversation_id: str
    channel: str
    visitor_id: str | None
    customer_id: str | None
    owner: Owner
    agent_id: str | None
    owner_version: int
    last_seq: int
    mood: float | None
    topic: str | None
    created_at: datetime
    last_message_at: datetime
    waiting_since: datetime | None
    handed_over_at: datetime | None


def add_conversation(connection: Connection, conversation: Conversation) -> None:
    """Write a new conversation."""
    values = {name: getattr(conversation, name) for name in Conversation.__slots__}
    connection.execute(insert(conversations).values(**values))


def find_conversation(connection: Connection, conversation_id: str) -> Conversation | None:
    """Give a conversation, locked against other writers until the transaction ends; None for an unknown id."""
    return _one(connection, conversations.c.conversation_id == conversation_id)


def conversation_of_customer(connection: Connection, customer_id: str, channel: str) -> Conversation | None:
    """Give a known customer's conversation on a channel, the newest if there are several."""
    return _one(connection, (conversations.c.customer_id == customer_id) & (conversations.c.channel == channel))


def conversation_of_visitor(connection: Connection, visitor_id: str, channel: str) -> Conversation | None:
    """Give a visitor's own conversation on a channel: never one that belongs to a known customer."""
    hers = (conversations.c.visitor_id == visitor_id) & conversations.c.customer_id.is_(None)
    return _one(connection, hers & (conversations.c.channel == channel))


def take_seqs(connection: Connection, conversation_id: str, count: int, at: datetime) -> int:
    """Reserve the next `count` (>= 1) places in a conversation and give the first of them."""
    changed = connection.execute(
        update(conversations)
        .where(conversations.c.conversation_id == conversation_id)
        .values(last_seq=conversations.c.last_seq + count, last_message_at=at)
        .returning(conversations.c.last_seq)
    )
    return int(changed.scalar_one()) - count + 1


def change_conversation(connection: Connection, conversation_id: str, **values: Any) -> None:
    """Set columns of one conversation."""
    connection.execute(update(conversations).where(conversations.c.conversation_id == conversation_id).values(**values))


def agent_name_of(connection: Connection, agent_id: str) -> str | None:
    """Give the name of the person who has a conversation; None for an unknown one."""
    return connection.execute(select(agents.c.name).where(agents.c.agent_id == agent_id)).scalar_one_or_none()


def _one(connection: Connection, condition: ColumnElement[bool]) -> Conversation | None:
    query = select(conversations).where(condition).order_by(conversations.c.created_at.desc()).limit(1)
    found = connection.execute(query.with_for_update()).first()
    return None if found is None else _conversation(found)


def _conversation(row: Row[Any]) -> Conversation:
    return Conversation(**row._asdict())
