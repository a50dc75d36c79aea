"""The way in from one socket: its frames, one after the other, each answered."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from gateway.channels import wire
from gateway.channels.frames import Choose, FrameError, Hello, Ping, Send, read_frame
from gateway.conversations.inbox import Inbox, Incoming, QueueFullError, TakenIdError, UnknownReplyError
from gateway.limits import Buckets
from language.normalise import normalise

log = structlog.get_logger(__name__)


class Conversing:
    """Takes the frames of one socket of a conversation.

    Parameters
    ----------
    conversation_id : where her messages go.
    writer : key of her rate limit, the same in all her tabs.
    inbox : takes her messages.
    messages : her rate limit.
    answer : sends a frame back to this socket.
    """

    def __init__(
        self,
        conversation_id: str,
        writer: str,
        inbox: Inbox,
        messages: Buckets,
        answer: Callable[[wire.Wire], None],
    ) -> None:
        self._conversation_id = conversation_id
        self._writer = writer
        self._inbox = inbox
        self._messages = messages
        self._answer = answer

    async def listen(self, socket: web.WebSocketResponse, allowance: Buckets) -> None:
        """Take frames until the socket closes; a flood of them closes it."""
        async for received in socket:
            if not allowance.take("socket"):
                await socket.close(code=WSCloseCode.POLICY_VIOLATION, message=b"too_fast")
                return
            try:
                await self._take(received.data if received.type is WSMsgType.TEXT else "")
            except FrameError as refusal:
                self._answer(wire.error(refusal.code, refusal.message, refusal.client_id))

    async def _take(self, data: str) -> None:
        frame = read_frame(data)
        match frame:
            case Send():
                text = normalise(frame.text)
                if not text:
                    raise FrameError("bad_frame", "This message has no text.", frame.id)
                await self._accept(self._incoming(frame.id, text=text))
            case Choose():
                await self._accept(self._incoming(frame.id, reply_id=frame.reply_id))
            case Ping():
                self._answer(wire.pong())
            case Hello():
                raise FrameError("bad_frame", "This socket has said hello already.")
            case _:  # typing: nobody asks for it yet, and it is no fault
                return

    def _incoming(self, client_id: str, text: str = "", reply_id: str | None = None) -> Incoming:
        return Incoming(
            conversation_id=self._conversation_id, client_message_id=client_id, text=text, reply_id=reply_id
        )

    async def _accept(self, incoming: Incoming) -> None:
        client_id = incoming.client_message_id
        if not self._messages.take(self._writer):
            raise FrameError("too_fast", "That was a little fast. Please wait a moment and send it again.", client_id)
        try:
            accepted = await self._inbox.accept(incoming)
        except UnknownReplyError:
            raise FrameError("unknown_reply", "This choice is not available any more.", client_id) from None
        except QueueFullError:
            raise FrameError(
                "too_fast", "Several of your messages are still waiting. Please send this one later.", client_id
            ) from None
        except TakenIdError:
            raise FrameError("bad_frame", "This message id is taken.", client_id) from None
        except Exception:
            log.exception("message_not_accepted", conversation_id=self._conversation_id)
            raise FrameError(
                "internal", "Your message could not be saved. Please send it again in a moment.", client_id
            ) from None
        self._answer(wire.ack(client_id, accepted.message, accepted.repeated))
