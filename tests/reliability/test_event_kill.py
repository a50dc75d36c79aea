"""kill -9 while batches arrive: what was acknowledged is there once, in the events, the orders and the profiles."""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from analytics.events.keys import add_key
from analytics.live.reading import live_of
from store.engine import Database
from store.tables import events, orders
from tests.support.gateway_house import fresh_database
from tests.support.gateway_process import GatewayProcess

pytestmark = pytest.mark.reliability

KILLS = int(os.environ.get("RAPPORT_TEST_KILLS", "6")) // 2
_SENDERS, _EVENTS = 3, 20
_CUSTOMERS = ("ana", "ben", "new")


def batch_of(sender: int, number: int) -> list[dict[str, Any]]:
    """Events of a batch: views, each fifth an order; the last one of the batch before is in it again."""
    return [
        {
            "type": "track", "messageId": f"{sender}-{place}", "userId": _CUSTOMERS[place % 3],
            "event": "Product Viewed" if place % 5 else "Order Completed",
            "properties": {"product_id": "p1"} if place % 5 else {"order_id": f"{sender}-{place}", "total": 10},
        }
        for place in range(max(number * _EVENTS - 1, 0), (number + 1) * _EVENTS)
    ]  # fmt: skip


class Sender:
    """A tracker as it should be: sends a batch again until it is acknowledged, then the next."""

    def __init__(self, name: int, gateway: GatewayProcess, key: str) -> None:
        self.name = name
        self.acknowledged: set[str] = set()
        self._gateway = gateway
        self._headers = {"Authorization": aiohttp.encode_basic_auth(key, "")}

    async def send_until(self, done: asyncio.Event) -> None:
        number = 0
        while not done.is_set() or number < 3:
            items = batch_of(self.name, number)
            if await self._sent(items):
                self.acknowledged |= {item["messageId"] for item in items}
                number += 1
            else:
                await asyncio.sleep(0.02)

    async def _sent(self, items: list[dict[str, Any]]) -> bool:
        try:
            async with (
                aiohttp.ClientSession(headers=self._headers) as http,
                http.post(f"{self._gateway.url}/v1/batch", json={"batch": items}) as response,
            ):
                return response.status == 200 and (await response.json())["data"]["refused"] == 0
        except (aiohttp.ClientError, OSError):
            return False


def everything_once(database: Database, acknowledged: set[str]) -> None:
    with database.read() as connection:
        stored = list(connection.execute(select(events.c.message_id, events.c.customer_id, events.c.name)))
        placed = list(connection.execute(select(orders.c.order_id, orders.c.customer_id)))
        live = {customer: live_of(connection, customer) for customer in _CUSTOMERS}
    ids = [row.message_id for row in stored]
    assert acknowledged <= set(ids)
    assert len(ids) == len(set(ids))
    ordered = {row.message_id for row in stored if row.name == "Order Completed"}
    assert {row.order_id for row in placed} == ordered
    told = Counter(row.customer_id for row in stored)
    bought = Counter(row.customer_id for row in placed)
    for customer, state in live.items():
        assert state is not None
        assert (state.seen.events, state.bought.orders) == (told[customer], bought[customer])
        assert state.bought.money == 10.0 * bought[customer]


async def test_killed_again_and_again_no_event_is_lost_or_counted_twice(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'rapport.db'}"
    database = fresh_database(tmp_path)
    with database.write() as connection:
        key = add_key(connection, "tracker", "server", datetime.now(UTC))
    chance = random.Random(4)
    async with GatewayProcess(url, "http://127.0.0.1:9") as gateway:
        done = asyncio.Event()
        senders = [Sender(name, gateway, key) for name in range(_SENDERS)]
        sending = [asyncio.create_task(sender.send_until(done)) for sender in senders]
        for _ in range(KILLS):
            await asyncio.sleep(chance.uniform(0.2, 0.6))
            await gateway.kill()
            await gateway.start()
        done.set()
        async with asyncio.timeout(60):
            await asyncio.gather(*sending)
    everything_once(database, set().union(*(sender.acknowledged for sender in senders)))
    database.close()
