"""Conversations: finding hers, counting its messages, changing its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, CursorResult, bindparam, insert, select, update

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


# Statements are made once: making one anew costs SQLAlchemy more than running it.
_INSERT = insert(conversations)
_CHANGE = update(conversations).where(conversations.c.conversation_id == bindparam("which"))
_TAKE_SEQS = _CHANGE.values(
    last_seq=conversations.c.last_seq + bindparam("count"), last_message_at=bindparam("at")
).returning(conversations)
_NEWEST = select(conversations).order_by(conversations.c.created_at.desc()).limit(1).with_for_update()
_BY_ID = _NEWEST.where(conversations.c.conversation_id == bindparam("which"))
_OF_CUSTOMER = _NEWEST.where(
    conversations.c.customer_id == bindparam("whose"), conversations.c.channel == bindparam("where")
)
_OF_VISITOR = _NEWEST.where(
    conversations.c.visitor_id == bindparam("whose"),
    conversations.c.customer_id.is_(None),
    conversations.c.channel == bindparam("where"),
)
_AGENT_NAME = select(agents.c.name).where(agents.c.agent_id == bindparam("who"))


def add_conversation(connection: Connection, conversation: Conversation) -> None:
    """Write a new conversation."""
    connection.execute(_INSERT, {name: getattr(conversation, name) for name in Conversation.__slots__})


def find_conversation(connection: Connection, conversation_id: str) -> Conversation | None:
    """Give a conversation, locked against other writers until the transaction ends; None for an unknown id."""
    return _one(connection.execute(_BY_ID, {"which": conversation_id}))


def conversation_of_customer(connection: Connection, customer_id: str, channel: str) -> Conversation | None:
    """Give a known customer's conversation on a channel, the newest if there are several."""
    return _one(connection.execute(_OF_CUSTOMER, {"whose": customer_id, "where": channel}))


def conversation_of_visitor(connection: Connection, visitor_id: str, channel: str) -> Conversation | None:
    """Give a visitor's own conversation on a channel: never one that belongs to a known customer."""
    return _one(connection.execute(_OF_VISITOR, {"whose": visitor_id, "where": channel}))


def take_seqs(connection: Connection, conversation_id: str, count: int, at: datetime) -> tuple[int, Conversation]:
    """Reserve the next `count` (>= 1) places in a conversation; gives the first of them, and the conversation.

    Raises
    ------
    LookupError
        There is no such conversation.
    """
    changed = _one(connection.execute(_TAKE_SEQS, {"which": conversation_id, "count": count, "at": at}))
    if changed is None:
        raise LookupError(conversation_id)
    return changed.last_seq - count + 1, changed


def change_conversation(connection: Connection, conversation_id: str, **values: Any) -> None:
    """Set columns of one conversation."""
    connection.execute(_CHANGE, {"which": conversation_id, **values})


def agent_name_of(connection: Connection, agent_id: str) -> str | None:
    """Give the name of the person who has a conversation; None for an unknown one."""
    return connection.execute(_AGENT_NAME, {"who": agent_id}).scalar_one_or_none()


def _one(found: CursorResult[Any]) -> Conversation | None:
    row = found.first()
    return None if row is None else Conversation(**row._asdict())
