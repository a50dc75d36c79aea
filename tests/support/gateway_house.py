"""A whole gateway on a database file, with a fake Rasa behind it and talkers in front of it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp.test_utils import TestServer
from sqlalchemy import Connection, insert, select

from analytics.records import DemoCustomer
from gateway.app import PARTS, create_app
from gateway.config import GatewayConfig
from gateway.desk import GatewayDesk
from gateway.identity import sign_identity
from gateway.store_thread import StoreThread
from store.engine import Database
from store.tables import agents, customers, messages
from tests.support.databases import migrated_file
from tests.support.fake_analytics import FakeAnalytics
from tests.support.fake_rasa import SECRET, FakeRasa

IDENTITY_SECRET = "identity-secret-of-the-tests-0123456789"
Frame = dict[str, Any]
#: Fast enough for tests, slow enough for a busy machine.
PATIENCE = 10.0


@dataclass
class House:
    """`desk` and `store` are the gateway's own; `rasa` and `analytics` are fakes to be told what to do."""

    database: Database
    rasa: FakeRasa
    analytics: FakeAnalytics
    desk: GatewayDesk
    store: StoreThread
    url: str
    http: aiohttp.ClientSession

    @asynccontextmanager
    async def talker(self, **hello: Any) -> AsyncIterator[Talker]:
        """A widget that has said hello and was welcomed."""
        async with self.http.ws_connect(f"{self.url}/v1/chat", max_msg_size=2**20) as socket:
            talker = Talker(socket)
            await talker.hello(**hello)
            yield talker

    def identity(self, customer_id: str, name: str | None = None) -> str:
        return sign_identity(customer_id, name, IDENTITY_SECRET)

    async def rows(self, query: Any) -> list[Any]:
        return await self.store.run(lambda connection: list(connection.execute(query)))

    async def transcript(self, conversation_id: str) -> list[tuple[str, str]]:
        """(author, text) of all messages in order."""
        query = select(messages).where(messages.c.conversation_id == conversation_id).order_by(messages.c.seq)
        return [(row.author, row.text) for row in await self.rows(query)]

    async def until(self, condition: Callable[[Connection], Any]) -> Any:
        """Wait until `condition` gives something true of the database, and give it."""
        async with asyncio.timeout(PATIENCE):
            while not (found := await self.store.run(condition)):
                await asyncio.sleep(0.01)
        return found


class Talker:
    """One socket. `welcome` is its welcome, `seen` every frame since."""

    _ids = itertools.count(1)

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.welcome: Frame = {}
        self.seen: list[Frame] = []

    @property
    def conversation_id(self) -> str:
        return str(self.welcome["conversation_id"])

    @property
    def token(self) -> str:
        return str(self.welcome["token"])

    async def hello(self, **fields: Any) -> None:
        await self.raw({"type": "hello", "v": 1, "token": None, "identity": None, "after": 0} | fields)
        self.welcome = await self.receive()
        assert self.welcome["type"] == "welcome", self.welcome

    async def raw(self, frame: Frame) -> None:
        await self.socket.send_json(frame)

    async def send(self, text: str, client_id: str | None = None) -> str:
        client_id = client_id or f"message-{next(self._ids)}"
        await self.raw({"type": "send", "id": client_id, "text": text})
        return client_id

    async def choose(self, reply_id: str, client_id: str | None = None) -> str:
        client_id = client_id or f"choice-{next(self._ids)}"
        await self.raw({"type": "choose", "id": client_id, "reply_id": reply_id})
        return client_id

    async def receive(self) -> Frame:
        frame: Frame = await self.socket.receive_json(timeout=PATIENCE)
        self.seen.append(frame)
        return frame

    async def next(self, kind: str, **fields: Any) -> Frame:
        """The next frame of a type, with these fields."""
        while True:
            frame = await self.receive()
            if frame["type"] == kind and fields.items() <= frame.items():
                return frame

    async def says(self, author: str) -> Frame:
        """The next message of an author."""
        return await self.next("message", author=author)

    async def hears_nothing(self, seconds: float = 0.1) -> bool:
        """Whether no message comes for a while."""
        try:
            async with asyncio.timeout(seconds):
                await self.next("message")
        except TimeoutError:
            return True
        return False

    async def closed(self) -> int | None:
        """Wait for the end of the line, and give its code."""
        async with asyncio.timeout(PATIENCE):
            async for _ in self.socket:
                pass
        return self.socket.close_code

    def messages(self) -> list[tuple[int, str, str]]:
        """(seq, author, text) of all messages seen, in the order they came."""
        return [(f["seq"], f["author"], f["text"]) for f in self.seen if f["type"] == "message"]


def fresh_database(folder: Path) -> Database:
    """A database file with all tables, two customers and an agent."""
    database = migrated_file(folder / "rapport.db")
    fill(database)
    return database


def fill(database: Database) -> None:
    """The customers "ana" and "ben", the agents "maya" and "tom"."""
    now = datetime.now(UTC)
    with database.write() as connection:
        people = [{"customer_id": name, "name": name.title(), "traits": {}} for name in ("ana", "ben")]
        connection.execute(insert(customers), people)
        staff = [
            {"agent_id": name, "email": f"{name}@shop.example", "name": name.title(), "role": "agent",
             "password_hash": "-", "created_at": now}
            for name in ("maya", "tom")
        ]  # fmt: skip
        connection.execute(insert(agents), staff)


@asynccontextmanager
async def open_house(
    database: Database,
    rasa: FakeRasa | None = None,
    demo_customers: tuple[DemoCustomer, ...] = (),
    **settings: Any,
) -> AsyncIterator[House]:
    """Start a gateway on `database`, closed at the end; `settings` are fields of the gateway's configuration."""
    async with rasa or FakeRasa() as fake:
        defaults = {"message_rate": 1000.0, "message_burst": 1000, "longest_backoff": 0.2, "demo": True}
        config = GatewayConfig(
            internal_secret=SECRET,
            identity_secret=IDENTITY_SECRET,
            rasa_url=fake.url,
            actions_url=fake.url,
            **(defaults | settings),
        )
        analytics = FakeAnalytics()
        analytics.facts = replace(analytics.facts, demo_customers=demo_customers)
        app = create_app(config, database, analytics)
        server = TestServer(app)
        await server.start_server()
        async with aiohttp.ClientSession() as http:
            url = str(server.make_url("")).rstrip("/")
            parts = app[PARTS]
            try:
                yield House(database, fake, analytics, parts.desk, parts.store, url, http)
            finally:
                await http.close()
                await server.close()
                database.close()
