"""A customer at her widget: she says or chooses something through the gateway's socket, and reads the answer."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from sqlalchemy import select

from gateway.identity import sign_identity
from store.engine import Database
from store.tables import conversations, messages, turns

#: A turn's answer must be there within this; a busy machine is slow.
PATIENCE = 30.0
_ids = itertools.count(1)


@dataclass(frozen=True)
class Heard:
    """What came back to one message, as the widget shows it, and the turn the house wrote down."""

    messages: tuple[dict[str, Any], ...]
    turn: Any

    @property
    def texts(self) -> list[str]:
        return [str(message["text"]) for message in self.messages]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [card for message in self.messages for card in message["cards"]]

    @property
    def quick_replies(self) -> list[dict[str, str]]:
        """All on screen, the cards' own first."""
        on_cards = [reply for card in self.cards for reply in card["quick_replies"]]
        return on_cards + [reply for message in self.messages for reply in message["quick_replies"]]

    @property
    def titles(self) -> list[str]:
        return [reply["title"] for reply in self.quick_replies]

    @property
    def intent(self) -> str | None:
        intent: str | None = self.turn.intent
        return intent

    @property
    def actions(self) -> list[str]:
        return list(self.turn.actions)


@dataclass
class GatewayTalk:
    """One conversation; it opens its socket with the first message, and again after `leaves`."""

    call: Callable[[Coroutine[Any, Any, Any]], Any]
    http: aiohttp.ClientSession
    url: str
    database: Database
    customer_id: str | None = None
    secret: str = ""
    conversation_id: str = ""
    last: Heard | None = None
    _token: str | None = None
    _socket: aiohttp.ClientWebSocketResponse | None = None
    _seen: dict[int, dict[str, Any]] = field(default_factory=dict)

    def says(self, text: str) -> Heard:
        """Write a message and wait for the whole answer."""
        return self._turn({"type": "send", "text": text})

    def chooses(self, title: str) -> Heard:
        """Press a quick reply of the last answer by its title."""
        assert self.last is not None, "nothing was said yet"
        ids = [reply["id"] for reply in self.last.quick_replies if reply["title"] == title]
        assert ids, f"no quick reply {title!r} among {self.last.titles}"
        return self._turn({"type": "choose", "reply_id": ids[0]})

    def leaves(self) -> None:
        """Close the tab; the next message opens it again with the widget's token."""
        if self._socket is not None:
            self.call(self._socket.close())
            self._socket = None

    def signs_in(self, customer_id: str) -> None:
        """Become known: the page is loaded anew with her identity."""
        self.leaves()
        self.customer_id = customer_id

    def _turn(self, frame: dict[str, Any]) -> Heard:
        self.last = self.call(self._exchange({**frame, "id": f"message-{next(_ids)}"}))
        return self.last

    async def _exchange(self, frame: dict[str, Any]) -> Heard:
        async with asyncio.timeout(PATIENCE):
            if self._socket is None:
                await self._open()
            assert self._socket is not None
            await self._socket.send_json(frame)
            acknowledged = await self._receive_until("ack", frame["id"])
            while (turn := self._answered(acknowledged["message_id"])) is None:
                await asyncio.sleep(0.01)
            while max(self._seen, default=0) < self._last_seq():
                await self._receive()
        bot = (message for seq, message in sorted(self._seen.items()) if seq > acknowledged["seq"])
        return Heard(tuple(message for message in bot if message["author"] != "customer"), turn)

    async def _open(self) -> None:
        self._socket = await self.http.ws_connect(f"{self.url}/v1/chat", max_msg_size=2**20)
        identity = sign_identity(self.customer_id, None, self.secret) if self.customer_id else None
        after = max(self._seen, default=0)
        await self._socket.send_json(
            {"type": "hello", "v": 1, "token": self._token, "identity": identity, "after": after}
        )
        welcome = await self._receive()
        assert welcome["type"] == "welcome", welcome
        if welcome["conversation_id"] != self.conversation_id:
            self._seen.clear()  # somebody else's conversation, or her own first one: its places count from one
        self.conversation_id, self._token = welcome["conversation_id"], welcome["token"]

    async def _receive_until(self, kind: str, client_id: str) -> dict[str, Any]:
        while True:
            frame = await self._receive()
            assert frame["type"] != "error", frame
            if frame["type"] == kind and frame["id"] == client_id:
                return frame

    async def _receive(self) -> dict[str, Any]:
        assert self._socket is not None
        frame: dict[str, Any] = await self._socket.receive_json(timeout=PATIENCE)
        if frame["type"] == "message":
            self._seen[frame["seq"]] = frame
        return frame

    def _answered(self, message_id: str) -> Any:
        """Give the turn that answered a message; with a person at the desk nothing answers, and she waits."""
        with self.database.read() as connection:
            turn = connection.execute(select(turns).where(turns.c.message_id == message_id)).first()
            if turn is not None:
                return turn
            query = select(messages.c.state).where(messages.c.message_id == message_id)
            state = connection.execute(query).scalar_one()
        assert state in ("received", "done"), f"the bot was away: {state}"
        return Waiting() if state == "done" else None

    def _last_seq(self) -> int:
        query = select(conversations.c.last_seq).where(conversations.c.conversation_id == self.conversation_id)
        with self.database.read() as connection:
            return int(connection.execute(query).scalar_one())


@dataclass(frozen=True)
class Waiting:
    """The turn of a message that waits for a person: the bot said nothing to it."""

    intent: str | None = None
    outcome: str = "waiting"
    actions: tuple[str, ...] = ()
    sentiment: float | None = None
