"""Writing what the house says, and the record of what a transaction changed, to be announced once it is committed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from gateway.conversations.minting import QuickReply, minted
from store.repositories.conversations import Conversation, Owner, take_seqs
from store.repositories.messages import Author, Message, add_messages
from store.repositories.outbox import Delivery, add_deliveries


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something the house says: text, buttons, cards."""

    author: Author
    text: str
    author_name: str | None = None
    client_message_id: str | None = None
    quick_replies: tuple[QuickReply, ...] = ()
    #: Dictionaries as the widget gets them, with `QuickReply` records under "quick_replies".
    cards: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerChange:
    """Who answers from now on; `agent_name` when it is a person."""

    owner: Owner
    agent_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one committed transaction changed in one conversation."""

    conversation_id: str
    #: The customer's own message, for her other tabs and the console.
    received: Message | None = None
    #: What the house said, on its way to her channel.
    deliveries: tuple[Delivery, ...] = ()
    owner: OwnerChange | None = None


def say(
    connection: Connection,
    conversation: Conversation,
    lines: Sequence[Line],
    at: datetime,
    turn_id: str | None = None,
) -> tuple[Delivery, ...]:
    """Write lines into a conversation, in order, with their outbox rows; give them for the relay."""
    if not lines:
        return ()
    first, _ = take_seqs(connection, conversation.conversation_id, len(lines), at)
    said = [_message(conversation, line, first + place, at, turn_id) for place, line in enumerate(lines)]
    add_messages(connection, said)
    deliveries = tuple(Delivery(message=message, channel=conversation.channel) for message in said)
    add_deliveries(connection, deliveries)
    return deliveries


def _message(conversation: Conversation, line: Line, seq: int, at: datetime, turn_id: str | None) -> Message:
    message_id = str(uuid.uuid4())
    return Message(
        message_id=message_id,
        conversation_id=conversation.conversation_id,
        seq=seq,
        client_message_id=line.client_message_id,
        author=line.author,
        author_name=line.author_name,
        text=line.text,
        payload=minted(message_id, line.quick_replies, line.cards),
        turn_id=turn_id,
        created_at=at,
    )
