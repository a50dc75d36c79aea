"""Places for turns in Rasa: it is one process with one loop, and more than two turns at once only slow each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Slots:
    """At most `limit` turns at once, first come first served.

    A turn that takes longer than `stall_after` seconds is waiting, not computing: it gives its place up and goes on, so
    that a few hanging turns don't hold up every other conversation.
    """

    def __init__(self, limit: int, stall_after: float) -> None:
        self._places = asyncio.Semaphore(limit)
        self._stall_after = stall_after

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Wait for a place and keep it for the block, or until the block stalls."""
        await self._places.acquire()
        held = True

        def give_up() -> None:
            nonlocal held
            if held:
                held = False
                self._places.release()

        timer = asyncio.get_running_loop().call_later(self._stall_after, give_up)
        try:
            yield
        finally:
            timer.cancel()
            give_up()
