"""`GET /metrics`: figures for Prometheus, for whoever knows the internal secret; nobody else learns it exists."""

from __future__ import annotations

import hmac
import logging

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from gateway.conversations.scheduler import Scheduler
from gateway.metrics import Metrics
from gateway.peers import SECRET_HEADER
from gateway.store_thread import StoreThread
from store.repositories.ratings import scores_counted

logger = logging.getLogger(__name__)


class MetricsEndpoint:
    """Serves the figures."""

    def __init__(self, metrics: Metrics, scheduler: Scheduler, store: StoreThread, secret: str) -> None:
        self._metrics = metrics
        self._scheduler = scheduler
        self._store = store
        self._secret = secret.encode()

    async def __call__(self, request: web.Request) -> web.Response:
        """Serve the figures."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._secret):
            raise web.HTTPNotFound
        self._metrics.waiting.set(len(self._scheduler))
        try:
            self._metrics.set_ratings(await self._store.run(scores_counted))
        except Exception as error:  # the other figures are wanted most while the database is away
            logger.warning("ratings not counted: %s", type(error).__name__)
        return web.Response(body=self._metrics.exposition(), headers={"Content-Type": CONTENT_TYPE_LATEST})
