"""A customer's message that waits for the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gateway.conversations.lines import TALK_TO_PERSON, intent_of
from gateway.rasa.client import TurnRequest
from store.repositories.conversations import Conversation
from store.repositories.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What the scheduler needs to know of a message, read in the transaction that wrote it."""

    request: TurnRequest
    seq: int
    #: The conversation's owner version the answer is computed under.
    owner_version: int
    created_at: datetime
    #: Whether she was told already that the bot is away.
    deferred: bool = False

    @property
    def conversation_id(self) -> str:
        """The conversation it belongs to."""
        return self.request.conversation_id

    @property
    def message_id(self) -> str:
        """The message itself."""
        return self.request.message_id

    @property
    def asks_for_person(self) -> bool:
        """Whether she pressed "Talk to a person", which must work without the bot."""
        return self.request.choice is not None and intent_of(self.request.choice) == intent_of(TALK_TO_PERSON)


def pending_of(conversation: Conversation, message: Message) -> Pending:
    """Give the scheduler's view of a stored message."""
    request = TurnRequest(
        conversation_id=conversation.conversation_id,
        message_id=message.message_id,
        text=message.text,
        choice=message.payload.get("choice"),
        customer_id=conversation.customer_id,
        channel=conversation.channel,
    )
    return Pending(
        request=request,
        seq=message.seq,
        owner_version=conversation.owner_version,
        created_at=message.created_at,
        deferred=message.state == "deferred",
    )
