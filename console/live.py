"""What happens at the desk, fanned out to every open page."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from console.ports import Desk

log = logging.getLogger(__name__)

#: A page that is further behind than this gets one "fetch everything anew" in place of the rest.
_QUEUE_LENGTH = 100
#: Tells a page that it may have missed something.
RESYNC: dict[str, Any] = {"kind": "resync"}
#: Tells a page's stream to end: the house is closing. Compared by identity.
END: dict[str, Any] = {"kind": "end"}

Queue = asyncio.Queue[dict[str, Any]]


class LiveFeed:
    """One subscription to the desk, any number of listening pages."""

    def __init__(self, desk: Desk, *, retry_after: float = 1.0) -> None:
        self._desk = desk
        self._retry_after = retry_after
        self._queues: set[Queue] = set()

    async def run(self) -> None:
        """Listen to the desk until cancelled. A desk that fails is asked again: a page must not go stale silently."""
        while True:
            events = self._desk.subscribe()
            try:
                async for event in events:
                    self._hand_out(event)
            except Exception:
                log.exception("the desk's stream of changes broke; subscribing again in %s s", self._retry_after)
            finally:
                await _close(events)
            await asyncio.sleep(self._retry_after)
            self._hand_out(RESYNC)

    @contextmanager
    def listening(self) -> Iterator[Queue]:
        """Give a queue of events from now on."""
        queue: Queue = asyncio.Queue(_QUEUE_LENGTH)
        self._queues.add(queue)
        try:
            yield queue
        finally:
            self._queues.discard(queue)

    def end(self) -> None:
        """End every page's stream, so that nobody waits for them when the server stops; browsers come back."""
        self._hand_out(END)

    def _hand_out(self, event: dict[str, Any]) -> None:
        for queue in self._queues:
            if queue.full():
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(END if event is END else RESYNC)
            else:
                queue.put_nowait(event)


async def _close(events: AsyncIterator[dict[str, Any]]) -> None:
    close = getattr(events, "aclose", None)
    if close is not None:
        with suppress(RuntimeError):  # already running its own end
            await close()
