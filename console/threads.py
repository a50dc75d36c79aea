"""Database and analytics calls are synchronous: they run in a thread, so that the event loop stays free."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from aiohttp import web
from sqlalchemy import Connection

from console.keys import DATABASE

T = TypeVar("T")


async def reading(request: web.Request, work: Callable[[Connection], T]) -> T:
    """Run `work` on a reading connection."""
    database = request.app[DATABASE]

    def run() -> T:
        with database.read() as connection:
            return work(connection)

    return await asyncio.to_thread(run)


async def writing(request: web.Request, work: Callable[[Connection], T]) -> T:
    """Run `work` in a write transaction: all of it happens, or nothing."""
    database = request.app[DATABASE]

    def run() -> T:
        with database.write() as connection:
            return work(connection)

    return await asyncio.to_thread(run)
