"""A gateway that only speaks: protocol version 1 over a real WebSocket, with answers that a test gives it."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

from tests.support.fake_shop import add_shop

Frame = dict[str, Any]

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
PAGE = """<!doctype html><html lang="{lang}" dir="{dir}"><head><meta charset="utf-8"><title>A shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<script src="/static/widget.js" data-rapport {attributes} async></script></head>
<body><main><h1>A shop</h1><p>Some words, and <a href="#more">a link</a>.</p></main></body></html>"""


@dataclass
class FakeConversation:
    """One conversation: what was said in it, and who listens."""

    token: str = field(default_factory=lambda: uuid4().hex)
    conversation_id: str = field(default_factory=lambda: str(uuid4()))
    messages: list[Frame] = field(default_factory=list)
    sockets: dict[web.WebSocketResponse, web.Request] = field(default_factory=dict)
    owner: str = "bot"
    agent_name: str | None = None
    customer: str | None = None


class FakeGateway:
    """Serves a page with the widget and talks to it; runs in a thread of its own.

    Parameters
    ----------
    dist
        Folder of the built web parts, served under `/static`.
    """

    def __init__(self, dist: Path) -> None:
        self.dist = dist
        #: By bearer token for visitors, by "customer:<sub>" for known ones.
        self.conversations: dict[str, FakeConversation] = {}
        self.frames: list[Frame] = []
        #: What the bot answers to a text; anything else is met with silence.
        self.answers: dict[str, list[Frame]] = {}
        #: Error code per text: such a message is refused once.
        self.refusals: dict[str, str] = {}
        self.closed = False
        self.silent = False
        self.shop = "The Corner Shop"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._runner: web.AppRunner | None = None
        self.url = ""

    def start(self) -> FakeGateway:
        """Listen on a free port; `url` tells where."""
        self._thread.start()
        self._run(self._start())
        return self

    def stop(self) -> None:
        """Close everything."""
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def page(self, *, lang: str = "en", direction: str = "ltr", **attributes: str) -> str:
        """Address of a page whose script tag has these data attributes."""
        query = "&".join(f"{name}={value}" for name, value in attributes.items())
        return f"{self.url}/page/{lang}/{direction}?{query}"

    def say(self, text: str, *, author: str = "bot", **fields: Any) -> None:
        """Let the house say something in the newest conversation."""
        self._run(self._say(self.newest, text, author=author, **fields))

    def push(self, frame: Frame) -> None:
        """Send any frame to all who listen to the newest conversation."""
        self._run(self._broadcast(self.newest, frame))

    def hand_to(self, owner: str, agent_name: str | None = None) -> None:
        """Change who owns the newest conversation."""
        self.newest.owner, self.newest.agent_name = owner, agent_name
        self.push({"type": "owner", "owner": owner, "agent_name": agent_name})

    def drop(self) -> None:
        """Cut all connections without a goodbye, as a dying process does."""
        self._run(self._drop())

    @property
    def newest(self) -> FakeConversation:
        """The conversation that began last."""
        return list(self.conversations.values())[-1]

    def sent(self, kind: str, at_least: int = 1) -> list[Frame]:
        """All frames of a type that clients have sent; waits until there are as many as expected."""
        patience = time.monotonic() + 10
        while len(found := [frame for frame in self.frames if frame["type"] == kind]) < at_least:
            assert time.monotonic() < patience, f"{len(found)} of {at_least} {kind} frames came: {self.frames}"
            time.sleep(0.01)
        return found

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        future: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)
        future.result(timeout=10)

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_get("/page/{lang}/{dir}", self._page)
        app.router.add_get("/v1/chat", self._chat)
        app.router.add_static("/static", self.dist)
        add_shop(app, {"Content-Security-Policy": CSP})
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _stop(self) -> None:
        await self._drop()
        if self._runner is not None:
            await self._runner.cleanup()
        leftovers = asyncio.all_tasks() - {asyncio.current_task()}
        for task in leftovers:
            task.cancel()
        await asyncio.gather(*leftovers, return_exceptions=True)
        # Sockets that were cut a moment ago are closed in the loop's next rounds.
        await asyncio.sleep(0.01)

    async def _drop(self) -> None:
        for conversation in self.conversations.values():
            for request in conversation.sockets.values():
                if request.transport is not None:
                    request.transport.abort()

    async def _page(self, request: web.Request) -> web.Response:
        attributes = " ".join(f'data-{name}="{escape(value, quote=True)}"' for name, value in request.query.items())
        body = PAGE.format(attributes=attributes, **request.match_info)
        return web.Response(text=body, content_type="text/html", headers={"Content-Security-Policy": CSP})

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        if self.closed:
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=16 * 1024)
        await socket.prepare(request)
        conversation: FakeConversation | None = None
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    break
                frame = json.loads(message.data)
                self.frames.append(frame)
                if frame["type"] == "hello":
                    conversation = await self._hello(request, socket, frame)
                elif conversation is not None:
                    await self._take(conversation, socket, frame)
        finally:
            if conversation is not None:
                conversation.sockets.pop(socket, None)
        return socket

    async def _hello(
        self, request: web.Request, socket: web.WebSocketResponse, frame: Frame
    ) -> FakeConversation | None:
        if frame["identity"] == "expired":
            await socket.send_json({"type": "error", "code": "bad_identity", "message": "This sign-in has expired."})
            return None
        conversation = self._conversation_of(frame)
        conversation.sockets[socket] = request
        await socket.send_json({
            "type": "welcome", "v": 1, "conversation_id": conversation.conversation_id, "token": conversation.token,
            "customer": {"name": conversation.customer} if conversation.customer else None,
            "owner": conversation.owner, "agent_name": conversation.agent_name, "shop": self.shop,
        })  # fmt: skip
        for message in conversation.messages:
            if message["seq"] > frame["after"]:
                await socket.send_json(message)
        return conversation

    def _conversation_of(self, hello: Frame) -> FakeConversation:
        identity = hello["identity"]
        key = f"customer:{identity}" if identity else hello["token"]
        if key not in self.conversations:
            conversation = FakeConversation(customer=identity)
            self.conversations[key if identity else conversation.token] = conversation
            return conversation
        return self.conversations[key]

    async def _take(self, conversation: FakeConversation, socket: web.WebSocketResponse, frame: Frame) -> None:
        if frame["type"] in ("send", "choose") and not self.silent:
            await self._sent(conversation, socket, frame)
        elif frame["type"] == "ping":
            await socket.send_json({"type": "pong"})

    async def _sent(self, conversation: FakeConversation, socket: web.WebSocketResponse, frame: Frame) -> None:
        text = frame.get("text") or self._title_of(conversation, frame["reply_id"])
        if text in self.refusals:
            code = self.refusals.pop(text)
            await socket.send_json({"type": "error", "code": code, "message": code, "id": frame["id"]})
            return
        known = next((m for m in conversation.messages if m["client_message_id"] == frame["id"]), None)
        written = known or self._write(conversation, text, author="customer", client_message_id=frame["id"])
        await socket.send_json({
            "type": "ack", "id": frame["id"], "seq": written["seq"], "message_id": written["message_id"],
            "repeated": known is not None,
        })  # fmt: skip
        if known is None:
            await self._broadcast(conversation, written)
            for reply in self.answers.get(text, []):
                await self._say(conversation, **reply)

    @staticmethod
    def _title_of(conversation: FakeConversation, reply_id: str) -> str:
        replies = [r for m in conversation.messages for r in m["quick_replies"]]
        replies += [r for m in conversation.messages for c in m["cards"] for r in c["quick_replies"]]
        return str(next(reply["title"] for reply in replies if reply["id"] == reply_id))

    def _write(self, conversation: FakeConversation, text: str, **fields: Any) -> Frame:
        message = {
            "type": "message", "seq": len(conversation.messages) + 1, "message_id": str(uuid4()),
            "client_message_id": None, "author": "bot", "author_name": None, "text": text, "quick_replies": [],
            "cards": [], "at": datetime.now(UTC).isoformat(), **fields,
        }  # fmt: skip
        conversation.messages.append(message)
        return message

    async def _say(self, conversation: FakeConversation, text: str, **fields: Any) -> None:
        await self._broadcast(conversation, self._write(conversation, text, **fields))

    async def _broadcast(self, conversation: FakeConversation, frame: Frame) -> None:
        for socket in list(conversation.sockets):
            if not socket.closed:
                await socket.send_json(frame)
