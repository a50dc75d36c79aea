"""The way out to one socket: every message of the conversation once, in order, whatever comes twice or out of order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

from aiohttp import web

from gateway.channels import wire
from gateway.conversations.written import OwnerChange
from gateway.store_thread import StoreThread
from store.repositories.messages import Message, messages_after

#: Frames that may wait for a slow reader; then the line is cut, and the client comes back and resumes.
_LONGEST_BACKLOG = 512
_PAGE = 200


class Outgoing:
    """Sends to one socket; a listener of the hub.

    Parameters
    ----------
    socket : where to.
    store : for what this socket has not seen yet.
    conversation_id : whose messages.
    seen : last seq the client has.
    cut : drops the line at once.
    """

    def __init__(
        self,
        socket: web.WebSocketResponse,
        store: StoreThread,
        conversation_id: str,
        seen: int,
        cut: Callable[[], None],
    ) -> None:
        self._socket = socket
        self._store = store
        self._conversation_id = conversation_id
        self._seen = seen
        self._cut = cut
        self._waiting: asyncio.Queue[wire.Wire | Message] = asyncio.Queue(_LONGEST_BACKLOG)

    def message(self, message: Message) -> None:
        """Take a committed message."""
        self.send(message)

    def owner(self, change: OwnerChange) -> None:
        """Take a change of owner."""
        self.send(wire.owner(change))

    def typing(self, author: str) -> None:
        """Take a sign of somebody writing."""
        self.send(wire.typing(author))

    def send(self, frame: wire.Wire | Message) -> None:
        """Queue a frame; a reader that is hopelessly behind is cut off."""
        try:
            self._waiting.put_nowait(frame)
        except asyncio.QueueFull:
            self._cut()

    async def run(self, welcome: wire.Wire) -> None:
        """Say welcome, send what she has not seen, then whatever comes; ends with the socket."""
        await self._write(welcome)
        await self._catch_up()
        while True:
            frame = await self._waiting.get()
            if not isinstance(frame, Message):
                await self._write(frame)
            elif frame.seq == self._seen + 1:
                await self._write_message(frame)
            elif frame.seq > self._seen:
                await self._catch_up()

    async def _catch_up(self) -> None:
        """Send everything the database has and this socket has not."""
        while page := await self._store.run(
            lambda connection: messages_after(connection, self._conversation_id, self._seen, _PAGE)
        ):
            for message in page:
                await self._write_message(message)

    async def _write_message(self, message: Message) -> None:
        await self._write(wire.message(message))
        self._seen = message.seq

    async def _write(self, frame: wire.Wire) -> None:
        await self._socket.send_str(json.dumps(frame, ensure_ascii=False, separators=(",", ":")))
