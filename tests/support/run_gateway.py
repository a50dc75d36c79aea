"""A gateway in a process of its own, for tests that kill it: `python -m tests.support.run_gateway DATABASE RASA …`.

Prints "serves PORT" when it does. `--die-at POINT` kills it at a named point of a message's way; `--careless` is the
broken build that acknowledges before it commits, by which the harness proves that it can find a loss.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import time
from typing import TypeVar

from aiohttp import web
from sqlalchemy import Connection

from gateway.app import create_app
from gateway.config import GatewayConfig
from gateway.store_thread import Operation, StoreThread
from store.engine import Database, open_database
from tests.support.fake_analytics import FakeAnalytics
from tests.support.fake_rasa import SECRET
from tests.support.gateway_house import IDENTITY_SECRET

T = TypeVar("T")

#: Point → (part of the gateway whose write it is, whether the write was committed).
POINTS = {
    "before the inbox commit": ("Inbox", False),
    "after the inbox commit": ("Inbox", True),
    "after Rasa answered": ("Answering", False),
    "after the turn's commit": ("Answering", True),
    "before the outbox mark": ("Relay._mark", False),
}


class DyingStore(StoreThread):
    """Kills its own process before or after the first write of one part."""

    def __init__(self, database: Database, point: str) -> None:
        super().__init__(database)
        self._part, self._committed = POINTS[point]

    async def run(self, operation: Operation[T]) -> T:
        theirs = operation.__qualname__.startswith(self._part)
        if theirs and not self._committed:
            _die()
        result = await super().run(operation)
        if theirs:
            _die()
        return result


class CarelessStore(StoreThread):
    """Tells the customer that her message is safe, and commits a while later: what a broken build would do."""

    async def run(self, operation: Operation[T]) -> T:
        if not operation.__qualname__.startswith("Inbox"):
            return await super().run(operation)
        loop = asyncio.get_running_loop()
        told: asyncio.Future[T] = loop.create_future()

        def early(connection: Connection) -> None:
            result = operation(connection)
            loop.call_soon_threadsafe(told.set_result, result)
            time.sleep(0.05)

        committed = asyncio.create_task(super().run(early))
        committed.add_done_callback(lambda task: task.exception())
        return await told


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


def _store(database: Database, die_at: str | None, careless: bool) -> StoreThread:
    if die_at is not None:
        return DyingStore(database, die_at)
    return CarelessStore(database) if careless else StoreThread(database)


async def serve(arguments: argparse.Namespace) -> None:
    """Serve on a free port until killed or told to stop."""
    config = GatewayConfig(
        internal_secret=SECRET,
        identity_secret=IDENTITY_SECRET,
        rasa_url=arguments.rasa,
        actions_url=arguments.rasa,
        message_rate=1000.0,
        message_burst=1000,
    )
    database = open_database(arguments.database)
    app = create_app(config, database, FakeAnalytics(), store=_store(database, arguments.die_at, arguments.careless))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"serves {runner.addresses[0][1]}", flush=True)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    await runner.cleanup()
    database.close()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("rasa")
    parser.add_argument("--die-at", choices=POINTS)
    parser.add_argument("--careless", action="store_true")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
