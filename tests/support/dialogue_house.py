"""Whole dialogues through the whole house: widget socket, gateway, Rasa, action server, analytics, SQLite store.

Rasa is started once a session. `DialogueHouse.fresh` puts a new shop behind it and a new gateway before it (tenths of a
second), so that each test asserts the store of its own shop::

    def test_it(talks: Callable[..., GatewayTalk], corner: CornerShop) -> None:
        talk = talks("ana")
        talk.says("cancel my order")
        talk.chooses("Yes, cancel it")
        assert corner.rows("order_requests", "kind", "order_id") == [("cancel", "51010")]
"""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from actions import wiring
from analytics.facade import Analytics, open_analytics
from analytics.order_service import OrderSystem
from gateway.app import create_app
from gateway.config import GatewayConfig
from store.engine import Database, open_database
from store.tables import conversations, turns
from tests.support.corner_shop import SHOP_FILE, make_shop
from tests.support.gateway_talk import GatewayTalk
from tests.support.order_store import stored
from tests.support.rasa_house import SECRET, RasaHouse


@dataclass
class CornerShop:
    """The shop of one test and the gateway before it."""

    house: DialogueHouse
    database: Database
    analytics: Analytics
    url: str
    http: aiohttp.ClientSession

    def talk(self, customer_id: str | None = None) -> GatewayTalk:
        """Open the widget as a signed-in customer, or as a visitor."""
        return GatewayTalk(self.house.call, self.http, self.url, self.database, customer_id, secret=SECRET)

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Give a table's rows, sorted."""
        return stored(self.database, table, *columns)

    def turns(self, talk: GatewayTalk) -> list[Any]:
        """Give the turns of a conversation, oldest first."""
        query = select(turns).where(turns.c.conversation_id == talk.conversation_id).order_by(turns.c.created_at)
        with self.database.read() as connection:
            return list(connection.execute(query))

    def owner(self, talk: GatewayTalk) -> str:
        """Tell who answers in a conversation: "bot", "queue" or "agent"."""
        query = select(conversations.c.owner).where(conversations.c.conversation_id == talk.conversation_id)
        with self.database.read() as connection:
            return str(connection.execute(query).scalar_one())


class DialogueHouse:
    """Rasa and the action server, running; a shop and a gateway for each test."""

    def __init__(self, rasa: RasaHouse, folder: Path) -> None:
        self._rasa = rasa
        self._folder = folder
        self._template = make_shop(folder)
        self._made = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def call(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine in the gateway's loop, and give its result."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=40)

    @contextmanager
    def fresh(
        self, shop_file: Path = SHOP_FILE, template: Path | None = None, order_system: OrderSystem | None = None
    ) -> Iterator[CornerShop]:
        """Give a shop of one's own, closed at the end.

        Parameters
        ----------
        shop_file : its `shop.yml`: name, answers and policy.
        template : another shop's SQLite file, copied; None takes the corner shop's.
        order_system : the shop's own, over HTTP; None keeps orders in the shop's database.
        """
        self._made += 1
        file = self._folder / f"shop-{self._made}.db"
        shutil.copyfile(template or self._template, file)
        database = open_database(f"sqlite:///{file}")
        analytics = open_analytics(database, self._folder / "artifacts", shop_file, order_system=order_system)
        wiring.configure(analytics)
        server, http = self.call(self._open(database, analytics))
        try:
            yield CornerShop(self, database, analytics, str(server.make_url("")).rstrip("/"), http)
        finally:
            self.call(self._shut(server, http))
            database.close()
            file.unlink()

    def stop(self) -> None:
        """End the gateway's loop; Rasa is stopped by whoever started it."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _open(self, database: Database, analytics: Analytics) -> tuple[TestServer, aiohttp.ClientSession]:
        config = GatewayConfig(
            internal_secret=SECRET,
            identity_secret=SECRET,
            rasa_url=f"http://127.0.0.1:{self._rasa.port}",
            actions_url=f"http://127.0.0.1:{self._rasa.actions_port}",
            message_rate=1000.0,
            message_burst=1000,
            turn_deadline=20.0,
        )
        server = TestServer(create_app(config, database, analytics))
        await server.start_server()
        return server, aiohttp.ClientSession()

    async def _shut(self, server: TestServer, http: aiohttp.ClientSession) -> None:
        await http.close()
        await server.close()
