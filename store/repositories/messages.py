"""Messages: numbered within their conversation, known again by the client's own id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, CursorResult, Row, bindparam, func, insert, select, update

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


# Statements are made once: making one anew costs SQLAlchemy more than running it.
_INSERT = insert(messages)
_SET_STATE = update(messages).where(messages.c.message_id == bindparam("which"))
_BY_ID = select(messages).where(messages.c.message_id == bindparam("which"))
_IN = messages.c.conversation_id == bindparam("where")
_OF_CLIENT = select(messages).where(_IN, messages.c.client_message_id == bindparam("which"))
_AFTER = select(messages).where(_IN, messages.c.seq > bindparam("seq_seen"))
_AFTER = _AFTER.order_by(messages.c.seq).limit(bindparam("most"))
_ALL_UNFINISHED = select(messages).where(messages.c.state.in_(UNFINISHED))
_ALL_UNFINISHED = _ALL_UNFINISHED.order_by(messages.c.conversation_id, messages.c.seq)
_UNFINISHED = _ALL_UNFINISHED.where(_IN)
_COUNTS = select(messages.c.state, func.count()).where(_IN, messages.c.state.in_(UNFINISHED)).group_by(messages.c.state)


def add_messages(connection: Connection, new: Sequence[Message]) -> None:
    """Write messages; their seqs were taken with `take_seqs` in the same transaction."""
    if new:
        connection.execute(_INSERT, [{name: getattr(message, name) for name in Message.__slots__} for message in new])


def find_message(connection: Connection, message_id: str) -> Message | None:
    """Give one message; None for an unknown id."""
    return _first(connection.execute(_BY_ID, {"which": message_id}))


def message_of_client(connection: Connection, conversation_id: str, client_message_id: str) -> Message | None:
    """Give the message that the client sent under this id in this conversation; None if there is none yet."""
    return _first(connection.execute(_OF_CLIENT, {"where": conversation_id, "which": client_message_id}))


def messages_after(connection: Connection, conversation_id: str, seq: int, limit: int) -> list[Message]:
    """Give up to `limit` messages of a conversation with a seq above `seq`, in order."""
    found = connection.execute(_AFTER, {"where": conversation_id, "seq_seen": seq, "most": limit})
    return [_message(row) for row in found]


def unfinished_messages(connection: Connection, conversation_id: str | None = None) -> list[Message]:
    """Give what still waits for the bot, in one conversation or in all, oldest first within each."""
    if conversation_id is None:
        return [_message(row) for row in connection.execute(_ALL_UNFINISHED)]
    return [_message(row) for row in connection.execute(_UNFINISHED, {"where": conversation_id})]


def count_by_state(connection: Connection, conversation_id: str) -> dict[str, int]:
    """Count a conversation's unfinished messages: {"received": 1, "deferred": 0}."""
    counted = connection.execute(_COUNTS, {"where": conversation_id})
    return dict.fromkeys(UNFINISHED, 0) | {str(state): int(count) for state, count in counted}


def set_state(connection: Connection, message_id: str, state: State, turn_id: str | None = None) -> None:
    """Move a customer's message on; with the turn that finished it, if one did."""
    values: dict[str, Any] = {"state": state} if turn_id is None else {"state": state, "turn_id": turn_id}
    connection.execute(_SET_STATE, {"which": message_id, **values})


def _first(found: CursorResult[Any]) -> Message | None:
    row = found.first()
    return None if row is None else _message(row)


def _message(row: Row[Any]) -> Message:
    return Message(**row._asdict())
