"""A console with a fake desk, a fake shop and a database of its own, for tests of every tier."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from analytics.records import CustomerContext, DialogueProfile, Rfm
from console.app import create_console
from console.auth.passwords import hash_password
from console.auth.sessions import begin
from console.config import ConsoleConfig
from store.engine import Database, open_database
from store.repositories.agents import Agent, Role, add_agent
from tests.support import demo_shop
from tests.support.databases import migrated_file
from tests.support.fake_analytics import FakeAnalytics
from tests.support.fake_desk import FakeDesk

PASSWORD = "seven green bicycles"
#: Hashed once: argon2 is slow on purpose.
_HASHES: dict[str, str] = {}

#: What the fake shop's bot understands.
INTENTS = ("ask_delivery", "ask_offers", "complain", "out_of_scope", "recommend", "search_product", "track_order")

HABITS = Rfm(recency_days=6.0, frequency=48, monetary=1932.4, recency_score=5, frequency_score=4, monetary_score=4)


class ShopWithHabits(FakeAnalytics):
    """The fake shop, with the figures that the profile panel shows."""

    def customer(self, customer_id: str) -> CustomerContext | None:
        known = super().customer(customer_id)
        if known is None or not self.orders_of.get(customer_id):
            return known
        return replace(
            known,
            traits={"age": "35-44", "household_size": "4", "kids": "2"},
            rfm=HABITS,
            behaviour={
                "basket_value": 40.26, "days_between_orders": 7.6, "discount_share": 0.18,
                "favourite_department": "Grocery", "favourite_categories": ["Cold cereal", "Coffee"],
            },
        )  # fmt: skip


def shop_with_habits() -> ShopWithHabits:
    shop = ShopWithHabits(
        names={"ana": "Ana Brandt", "marcus": "Marcus Lind", "priya": "Priya Raman", "tomas": "Tomás"}
    )
    shop.profiles["ana"] = DialogueProfile(
        customer_id="ana", sentiment=-0.48, sentiment_slope=-0.2, turns=11, last_topic="complain",
        topics={"track_order": 4, "complain": 3, "recommend": 2, "ask_offers": 1, "greet": 1},
        last_contact_at=datetime(2026, 5, 4, 10, tzinfo=UTC),
    )  # fmt: skip
    shop.shown_offers["ana"] = [(datetime(2026, 5, 4, 10, tzinfo=UTC), demo_shop.COFFEE_OFFER)]
    return shop


@dataclass
class Clock:
    """A clock that stands still until it is moved; None is the real one."""

    at: datetime | None = None

    def __call__(self) -> datetime:
        return self.at or datetime.now(UTC)


@dataclass
class ConsoleHouse:
    """Everything around one console; a folder that holds a `console.db` already is used as it is."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    settings: dict[str, Any] = field(default_factory=dict)
    shop: FakeAnalytics = field(default_factory=shop_with_habits)

    def __post_init__(self) -> None:
        file = self.folder / "console.db"
        self.database: Database = open_database(f"sqlite:///{file}") if file.exists() else migrated_file(file)
        self.desk = FakeDesk(self.database)
        self.config = ConsoleConfig(key="k" * 32, clock=self.clock, intents=INTENTS, **self.settings)

    def add(self, name: str, role: Role = "agent") -> Agent:
        if PASSWORD not in _HASHES:
            _HASHES[PASSWORD] = hash_password(PASSWORD)
        agent = Agent(
            agent_id=f"id-{name.lower()}", email=f"{name.lower()}@corner.example", name=name, role=role,
            password_hash=_HASHES[PASSWORD], created_at=self.clock(),
        )  # fmt: skip
        with self.database.write() as connection:
            add_agent(connection, agent)
        return agent

    def cookie_of(self, agent: Agent) -> str:
        """Sign the agent in without the form."""
        with self.database.write() as connection:
            return begin(connection, agent.agent_id, self.clock(), instead_of=None)

    def app(self, static: Path | None = None) -> web.Application:
        app = web.Application()
        app.add_subapp("/console", create_console(self.config, self.database, self.shop, self.desk))
        if static is not None:
            app.router.add_static("/static", static)
        return app


class ConsoleServer:
    """The house behind a real port, with an event loop in a thread of its own, for browsers."""

    def __init__(self, house: ConsoleHouse, static: Path) -> None:
        self.house, self.static, self.address = house, static, ""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> ConsoleServer:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
        self.house.database.close()

    def customer_writes(self, conversation_id: str, text: str) -> None:
        self._loop.call_soon_threadsafe(self.house.desk.customer_writes, conversation_id, text)

    async def _start(self) -> None:
        self._runner = web.AppRunner(self.house.app(self.static), shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.address = f"http://127.0.0.1:{port}"
