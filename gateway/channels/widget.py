"""The website widget: WebSocket `/v1/chat`, protocol version 1."""

from __future__ import annotations

import asyncio
import weakref
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from gateway.addresses import client_address, is_within, networks, origin_is_allowed
from gateway.channels import wire
from gateway.channels.conversing import Conversing
from gateway.channels.frames import FrameError, Hello, read_frame
from gateway.channels.outgoing import Outgoing
from gateway.config import GatewayConfig
from gateway.conversations.hub import Hub
from gateway.conversations.inbox import Inbox
from gateway.conversations.opening import (
    BadTokenError,
    Opened,
    Opening,
    TooManyConversationsError,
    open_conversation,
)
from gateway.conversations.written import OwnerChange
from gateway.identity import BadIdentityError, Identity, verify_identity
from gateway.limits import Buckets
from gateway.metrics import Metrics
from gateway.store_thread import StoreThread
from store.repositories.messages import Message

log = structlog.get_logger(__name__)

CHANNEL = "widget"
_HELLO_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class WidgetChannel:
    """The relay's way to widgets: whoever is connected hears it now, everybody else when she comes back."""

    hub: Hub

    async def deliver(self, message: Message) -> None:
        """Pass a message to the open sockets of its conversation."""
        for listener in self.hub.listeners(message.conversation_id):
            listener.message(message)


class WidgetEndpoint:
    """Serves widgets' sockets from hello to goodbye."""

    def __init__(
        self, config: GatewayConfig, store: StoreThread, hub: Hub, inbox: Inbox, metrics: Metrics, shop: str
    ) -> None:
        self._config = config
        self._store = store
        self._hub = hub
        self._inbox = inbox
        self._metrics = metrics
        self._shop = shop
        self._trusted = networks(config.trusted_proxies)
        self._unlimited = networks(config.unlimited_networks)
        self._new_conversations = Buckets(config.new_conversation_rate, config.new_conversation_burst)
        self._messages = Buckets(config.message_rate, config.message_burst)
        self._sockets: weakref.WeakSet[web.WebSocketResponse] = weakref.WeakSet()

    async def __call__(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one socket."""
        if not origin_is_allowed(request, self._config.allowed_origins):
            raise web.HTTPForbidden(text="This page may not open the chat; add its origin to RAPPORT_ALLOWED_ORIGINS.")
        socket = web.WebSocketResponse(
            heartbeat=self._config.heartbeat, max_msg_size=self._config.longest_frame, compress=False
        )
        await socket.prepare(request)
        self._sockets.add(socket)
        with self._metrics.sockets.track_inprogress():
            await self._serve(request, socket)
        return socket

    async def close(self) -> None:
        """Say goodbye to everybody: the clients come back to the next process."""
        sockets = list(self._sockets)
        farewell = (socket.close(code=WSCloseCode.GOING_AWAY, message=b"restarting") for socket in sockets)
        await asyncio.gather(*farewell, return_exceptions=True)

    async def _serve(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        try:
            async with asyncio.timeout(_HELLO_SECONDS):
                hello = await _hello(socket)
            if hello is None:
                return
            opened = await self._open(request, hello)
        except TimeoutError:
            await socket.close(code=WSCloseCode.POLICY_VIOLATION, message=b"no hello")
        except FrameError as refusal:
            await _refuse(socket, refusal, WSCloseCode.POLICY_VIOLATION)
        except Exception:
            log.exception("hello_failed")
            sorry = FrameError("internal", "Something went wrong on our side. Please try again.")
            await _refuse(socket, sorry, WSCloseCode.TRY_AGAIN_LATER)
        else:
            await self._converse(request, socket, hello, opened)

    async def _converse(
        self, request: web.Request, socket: web.WebSocketResponse, hello: Hello, opened: Opened
    ) -> None:
        conversation = opened.conversation
        transport = request.transport
        outgoing = Outgoing(
            socket,
            self._store,
            conversation.conversation_id,
            # A client may have seen more than there is, after a restored backup: it must still get what comes.
            min(hello.after, conversation.last_seq),
            cut=transport.abort if transport is not None else lambda: None,
        )
        leave = self._hub.join(conversation.conversation_id, outgoing)
        owner = OwnerChange(owner=conversation.owner, agent_name=opened.agent_name)
        writing = asyncio.create_task(outgoing.run(wire.welcome(opened, self._shop, owner)), name="socket")
        writing.add_done_callback(lambda task: _cut_when_broken(task, transport))
        writer = f"customer:{conversation.customer_id}" if conversation.customer_id else opened.visitor_id
        conversing = Conversing(conversation.conversation_id, writer, self._inbox, self._messages, outgoing.send)
        try:
            await conversing.listen(socket, self._frame_allowance())
        finally:
            leave()
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)

    def _frame_allowance(self) -> Buckets:
        """Give a socket's allowance of frames of any kind: far more than a person needs, far less than a flood."""
        return Buckets(10 * self._config.message_rate + 10, 10 * self._config.message_burst + 50)

    async def _open(self, request: web.Request, hello: Hello) -> Opened:
        address = client_address(request, self._trusted)
        unlimited = is_within(address, self._unlimited)
        opening = Opening(
            channel=CHANNEL,
            token=hello.token,
            identity=self._identity(hello.identity),
            may_create=unlimited or self._new_conversations.allows(address),
        )
        try:
            opened = await self._store.run(lambda connection: open_conversation(connection, opening, datetime.now(UTC)))
        except BadTokenError:
            raise FrameError("bad_token", "This conversation is not known here any more; a new one begins.") from None
        except TooManyConversationsError:
            raise FrameError(
                "too_fast", "Too many new conversations from your network. Please try again later."
            ) from None
        if opened.created and not unlimited:
            self._new_conversations.take(address)
        return opened

    def _identity(self, token: str | None) -> Identity | None:
        if token is None:
            return None
        try:
            return verify_identity(token, self._config.identity_secret)
        except BadIdentityError as error:
            log.info("bad_identity", reason=str(error))
            raise FrameError("bad_identity", "Your sign-in has expired. Please sign in again.") from None


async def _hello(socket: web.WebSocketResponse) -> Hello | None:
    """Wait for the first frame; None when the client is gone before."""
    received = await socket.receive()
    if received.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR):
        return None
    frame = read_frame(received.data) if received.type is WSMsgType.TEXT else None
    if not isinstance(frame, Hello):
        raise FrameError("bad_frame", "The first frame must be a hello.")
    if frame.v != wire.VERSION:
        raise FrameError("unsupported_version", f"This server speaks version {wire.VERSION}. Please reload the page.")
    return frame


async def _refuse(socket: web.WebSocketResponse, refusal: FrameError, code: WSCloseCode) -> None:
    """Say why, and close; a client that has gone already is no fault."""
    with suppress(ConnectionError):
        await socket.send_json(wire.error(refusal.code, refusal.message, refusal.client_id))
        await socket.close(code=code, message=refusal.code.encode())


def _cut_when_broken(task: asyncio.Task[None], transport: asyncio.Transport | None) -> None:
    """Drop the line when its writer failed: the client comes back and resumes, which is better than a silent gap."""
    if task.cancelled() or task.exception() is None:
        return
    if not isinstance(task.exception(), ConnectionError):
        log.error("socket_writer_failed", error=repr(task.exception()))
    if transport is not None:
        transport.abort()
