"""Messages: numbered within their conversation, known again by the client's own id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from store.tables import messages

Author = Literal["customer", "bot", "agent", "system"]
State = Literal["received", "deferred", "done"]

#: A customer's message in one of these states still waits for its answer.
UNFINISHED = ("received", "deferred")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message as it is stored; see `store.tables.messages` for what each field means."""

    message_id: str
    conversation_id: str
    seq: int
    author: Author
    text: str
    created_at: datetime
    client_message_id: str | None = None
    author_name: str | None = None
    payload: dict[str, Any] = field(default_factory=dict)
    state: State | None = None
    turn_id: str | None = None


def add_messages(connection: Connection, new: Sequence[Message]) -> None:
    """Write messages; their seqs were taken with `take_seqs` in the same transaction."""
    rows = [{name: getattr(message, name) for name in Message.__slots__} for message in new]
    if rows:
        connection.execute(insert(messages), rows)


def find_message(connection: Connection, message_id: str) -> Message | None:
    """Give one message; None for an unknown id."""
    return _first(connection, messages.c.message_id == message_id)


def message_of_client(connection: Connection, conversation_id: str, client_message_id: str) -> Message | None:
    """Give the message that the client sent under this id in this conversation; None if there is none yet."""
    same_id = messages.c.client_message_id == client_message_id
    return _first(connection, (messages.c.conversation_id == conversation_id) & same_id)


def messages_after(connection: Connection, conversation_id: str, seq: int, limit: int) -> list[Message]:
    """Give up to `limit` messages of a conversation with a seq above `seq`, in order."""
    query = select(messages).where(messages.c.conversation_id == conversation_id, messages.c.seq > seq)
    return [_message(row) for row in connection.execute(query.order_by(messages.c.seq).limit(limit))]


def unfinished_messages(connection: Connection, conversation_id: str | None = None) -> list[Message]:
    """Give what still waits for the bot, in one conversation or in all, oldest first within each."""
    query = select(messages).where(messages.c.state.in_(UNFINISHED))
    if conversation_id is not None:
        query = query.where(messages.c.conversation_id == conversation_id)
    return [_message(row) for row in connection.execute(query.order_by(messages.c.conversation_id, messages.c.seq))]


def count_by_state(connection: Connection, conversation_id: str) -> dict[str, int]:
    """Count a conversation's unfinished messages: {"received": 1, "deferred": 0}."""
    counted = connection.execute(
        select(messages.c.state, func.count())
        .where(messages.c.conversation_id == conversation_id, messages.c.state.in_(UNFINISHED))
        .group_by(messages.c.state)
    )
    return dict.fromkeys(UNFINISHED, 0) | {str(state): int(count) for state, count in counted}


def set_state(connection: Connection, message_id: str, state: State, turn_id: str | None = None) -> None:
    """Move a customer's message on; with the turn that finished it, if one did."""
    values: dict[str, Any] = {"state": state} if turn_id is None else {"state": state, "turn_id": turn_id}
    connection.execute(update(messages).where(messages.c.message_id == message_id).values(**values))


def _first(connection: Connection, condition: ColumnElement[bool]) -> Message | None:
    found = connection.execute(select(messages).where(condition)).first()
    return None if found is None else _message(found)


def _message(row: Row[Any]) -> Message:
    return Message(**row._asdict())
