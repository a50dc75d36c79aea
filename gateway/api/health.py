"""`GET /v1/health`: whether the gateway can keep messages (200 or 503), and whether the parts behind it answer."""

from __future__ import annotations

import asyncio
import time
from typing import Literal

import aiohttp
import structlog
from aiohttp import web
from pydantic import BaseModel, ConfigDict
from sqlalchemy import text

from gateway.api.envelope import ok
from gateway.peers import Peer
from gateway.store_thread import StoreThread

log = structlog.get_logger(__name__)

#: Asking the parts costs them something; more often than this would serve nobody.
_FRESH_SECONDS = 1.0
_PATIENCE_SECONDS = 2.0
Answering = Literal["up", "down"]


class Health(BaseModel):
    """How the service is: "ok" with all parts up, "degraded" while messages are kept but not answered, or "down"."""

    model_config = ConfigDict(frozen=True)

    status: Literal["ok", "degraded", "down"]
    database: Answering
    rasa: Answering
    actions: Answering


class HealthEndpoint:
    """Asks the parts, at most once a second."""

    def __init__(self, store: StoreThread, rasa: Peer, actions: Peer) -> None:
        self._store = store
        self._rasa = rasa
        self._actions = actions
        self._lock = asyncio.Lock()
        self._known: tuple[float, Health] | None = None

    async def __call__(self, _request: web.Request) -> web.Response:
        """Serve the health page."""
        async with self._lock:
            if self._known is None or time.monotonic() - self._known[0] > _FRESH_SECONDS:
                self._known = (time.monotonic(), await self._ask())
        health = self._known[1]
        return ok(health.model_dump(), status=503 if health.status == "down" else 200)

    async def _ask(self) -> Health:
        database, rasa, actions = await asyncio.gather(
            self._database(),
            _answers(self._rasa, "/webhooks/gateway/health"),
            _answers(self._actions, "/health"),
        )
        if database == "down":
            return Health(status="down", database=database, rasa=rasa, actions=actions)
        status: Literal["ok", "degraded"] = "ok" if rasa == actions == "up" else "degraded"
        return Health(status=status, database=database, rasa=rasa, actions=actions)

    async def _database(self) -> Answering:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._store.run(lambda connection: connection.execute(text("SELECT 1")).scalar())
        except Exception as error:
            log.warning("database_down", error=type(error).__name__)
            return "down"
        return "up"


async def _answers(peer: Peer, path: str) -> Answering:
    limit = aiohttp.ClientTimeout(total=_PATIENCE_SECONDS)
    try:
        async with peer.session.get(path, timeout=limit) as response:
            return "up" if response.status == 200 else "down"
    except (aiohttp.ClientError, OSError, TimeoutError):
        return "down"
