"""One turn at a time per conversation, in order, without polling.

Rasa's own store looks every second whether it is its turn (six quick messages took five seconds) and its lock expires
while a slow action runs, so that two turns of one conversation overlap. One Rasa process serves a conversation, so a
lock of the event loop is all that is needed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock_store import LockStore


class InProcessLockStore(LockStore):
    """First come, first served; a lock lives as long as somebody holds or awaits it."""

    def __init__(self, endpoint_config: Any = None) -> None:
        del endpoint_config  # Rasa passes it to every lock store; there is nothing to configure
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: dict[str, int] = {}

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncGenerator[None, None]:
        """Hold a conversation; the times are Rasa's and mean nothing here: a lock ends with its turn."""
        del lock_lifetime, wait_time_in_seconds
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        self._users[conversation_id] = self._users.get(conversation_id, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._users[conversation_id] -= 1
            if not self._users[conversation_id]:
                del self._users[conversation_id], self._locks[conversation_id]
