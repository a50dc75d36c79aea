"""A conversation's lane: its messages wait in order, one is being answered."""

from __future__ import annotations

import asyncio
from collections import deque

from gateway.conversations.pending import Pending


class Lane:
    """The queue of one conversation. Lives as long as something waits in it."""

    def __init__(self, conversation_id: str) -> None:
        self.conversation_id = conversation_id
        self._waiting: deque[Pending] = deque()
        self._wake = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, pending: Pending) -> None:
        """Put a message at the end."""
        self._waiting.append(pending)

    def head(self) -> Pending | None:
        """Give the message whose turn it is."""
        return self._waiting[0] if self._waiting else None

    def holds(self, pending: Pending) -> bool:
        """Whether it is still this message's turn."""
        return self.head() is pending

    def finish(self, pending: Pending) -> None:
        """Take the message out, if it was not forgotten meanwhile."""
        if self.holds(pending):
            self._waiting.popleft()

    def forget(self) -> None:
        """Drop all that waits: a person sees to it now."""
        self._waiting.clear()
        self.wake()

    def wake(self) -> None:
        """End a pause early."""
        self._wake.set()

    async def pause(self, seconds: float) -> None:
        """Wait, or until somebody wakes the lane."""
        self._wake.clear()
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return
