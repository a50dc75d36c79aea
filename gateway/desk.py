"""The console's desk: a person takes a conversation over, answers in it, gives it back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from gateway.conversations.announcer import Announcer
from gateway.conversations.hub import Hub
from gateway.conversations.ownership import give_back, take_over
from gateway.conversations.scheduler import Scheduler
from gateway.conversations.written import Line, Written, say
from gateway.store_thread import StoreThread
from language.normalise import normalise
from store.repositories.conversations import Conversation, change_conversation, find_conversation
from store.repositories.messages import message_of_client

#: Keeps an agent's message ids apart from those of customers, who number theirs in the same conversation.
_AGENT_ID = "agent:"


class GatewayDesk:
    """Ownership for people; see the protocol `console.ports.Desk`, which this fulfils.

    Every method raises `LookupError` for an unknown conversation and `PermissionError` where the conversation is not
    this agent's; the text of the exception is one line for the agent.
    """

    def __init__(self, store: StoreThread, hub: Hub, announcer: Announcer, scheduler: Scheduler) -> None:
        self._store = store
        self._hub = hub
        self._announcer = announcer
        self._scheduler = scheduler

    async def take_over(self, conversation_id: str, agent_id: str, agent_name: str) -> None:
        """Make the agent the owner; from the commit on the bot is silent, a reply being computed included."""

        def write(connection: Connection) -> Written:
            return take_over(connection, _known(connection, conversation_id), agent_id, agent_name, datetime.now(UTC))

        written = await self._store.run(write)
        if written.owner is not None:
            self._scheduler.forget(conversation_id)
        self._announcer.announce(written)

    async def answer(
        self, conversation_id: str, agent_id: str, agent_name: str, client_message_id: str, text: str
    ) -> None:
        """Write the agent's message and send it; the same `client_message_id` again changes nothing."""
        line = Line(
            author="agent",
            author_name=agent_name,
            text=normalise(text),
            client_message_id=f"{_AGENT_ID}{client_message_id}"[:64],
        )
        if not line.text:
            raise ValueError("Write something first: this message is empty.")

        def write(connection: Connection) -> Written:
            conversation = _known(connection, conversation_id)
            _require_owner(conversation, agent_id, "Take the conversation over before you answer.")
            unsent = Written(conversation_id=conversation_id)
            if message_of_client(connection, conversation_id, str(line.client_message_id)) is not None:
                return unsent
            deliveries = say(connection, conversation, [line], datetime.now(UTC))
            change_conversation(connection, conversation_id, waiting_since=None)
            return Written(conversation_id=conversation_id, deliveries=deliveries)

        self._announcer.announce(await self._store.run(write))

    async def give_back(self, conversation_id: str, agent_id: str) -> None:
        """Make the bot the owner again, from the customer's next message on."""

        def write(connection: Connection) -> Written:
            conversation = _known(connection, conversation_id)
            _require_owner(conversation, agent_id, "Only who has the conversation can give it back.")
            return give_back(connection, conversation, datetime.now(UTC))

        self._announcer.announce(await self._store.run(write))

    def subscribe(self) -> AsyncIterator[dict[str, Any]]:
        """Give what changes from now on: {"kind": "conversation" | "message", "conversation_id", "seq"?}."""
        return self._hub.watch()


def _known(connection: Connection, conversation_id: str) -> Conversation:
    conversation = find_conversation(connection, conversation_id)
    if conversation is None:
        raise LookupError("There is no such conversation.")
    return conversation


def _require_owner(conversation: Conversation, agent_id: str, message: str) -> None:
    if conversation.owner != "agent" or conversation.agent_id != agent_id:
        raise PermissionError(message)
