"""Who listens in this process: the sockets of each conversation, and the consoles that watch all of them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from typing import Any, Protocol

from gateway.conversations.written import OwnerChange
from store.repositories.messages import Message

#: Changes a console may lag behind; it reads the database anyway, so the oldest may go.
_LONGEST_LAG = 1000


class Listener(Protocol):
    """A socket's side of the hub. None of these may wait or fail."""

    def message(self, message: Message) -> None:
        """Take a committed message; it may come twice, and out of order."""

    def owner(self, change: OwnerChange) -> None:
        """Take note of who answers from now on."""

    def typing(self, author: str) -> None:
        """Take note that somebody writes."""


class Hub:
    """Passes committed changes on to whoever is connected. Losing one is harmless: a socket fills gaps by seq."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self._watchers: set[asyncio.Queue[dict[str, Any]]] = set()

    def join(self, conversation_id: str, listener: Listener) -> Callable[[], None]:
        """Listen to a conversation; the function given back ends it."""
        self._listeners[conversation_id].add(listener)

        def leave() -> None:
            self._listeners[conversation_id].discard(listener)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]

        return leave

    def listeners(self, conversation_id: str) -> tuple[Listener, ...]:
        """Give who listens to a conversation."""
        return tuple(self._listeners.get(conversation_id, ()))

    def sockets(self) -> int:
        """Count all listeners."""
        return sum(len(listeners) for listeners in self._listeners.values())

    def tell_watchers(self, change: dict[str, Any]) -> None:
        """Pass a change on to the consoles."""
        for queue in self._watchers:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(change)

    async def watch(self) -> AsyncIterator[dict[str, Any]]:
        """Give the changes from now on, until the iterator is closed."""
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(_LONGEST_LAG)
        self._watchers.add(queue)
        try:
            while True:
                yield await queue.get()
        finally:
            self._watchers.discard(queue)
