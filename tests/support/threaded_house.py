"""The real gateway (with a fake Rasa) in a thread of its own, for tests that drive a browser and have no event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.gateway_house import House, fresh_database, open_house


class ThreadedHouse:
    """`house` is the gateway's house; `call` runs one of its coroutines and gives the result."""

    def __init__(self, house: House, loop: asyncio.AbstractEventLoop) -> None:
        self.house = house
        self.url = house.url
        self._loop = loop

    def call(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine in the gateway's thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=20)


@contextmanager
def threaded_house(folder: Path, **settings: Any) -> Iterator[ThreadedHouse]:
    """Start a gateway on a fresh database in `folder`, closed at the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    opened = open_house(fresh_database(folder), **settings)
    try:
        house = asyncio.run_coroutine_threadsafe(opened.__aenter__(), loop).result(timeout=20)
        try:
            yield ThreadedHouse(house, loop)
        finally:
            asyncio.run_coroutine_threadsafe(opened.__aexit__(None, None, None), loop).result(timeout=20)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
