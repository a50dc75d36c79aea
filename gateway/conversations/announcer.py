"""Announcing what was committed: to the customer's sockets, to her channel, to the consoles."""

from __future__ import annotations

from gateway.conversations.hub import Hub
from gateway.conversations.relay import Relay
from gateway.conversations.written import Written
from store.repositories.messages import Message


class Announcer:
    """Called after each commit, never before one."""

    def __init__(self, hub: Hub, relay: Relay) -> None:
        self._hub = hub
        self._relay = relay

    def announce(self, written: Written) -> None:
        """Pass on everything a transaction changed."""
        if written.received is not None:
            for listener in self._hub.listeners(written.conversation_id):
                listener.message(written.received)
            self._tell(written.received)
        self._relay.push(written.deliveries)
        for delivery in written.deliveries:
            self._tell(delivery.message)
        if written.owner is not None:
            for listener in self._hub.listeners(written.conversation_id):
                listener.owner(written.owner)
            self._hub.tell_watchers({"kind": "conversation", "conversation_id": written.conversation_id})

    def typing(self, conversation_id: str, author: str) -> None:
        """Let her see that somebody writes."""
        for listener in self._hub.listeners(conversation_id):
            listener.typing(author)

    def _tell(self, message: Message) -> None:
        self._hub.tell_watchers({"kind": "message", "conversation_id": message.conversation_id, "seq": message.seq})
