"""`GET /metrics`: figures for Prometheus, for whoever knows the internal secret; nobody else learns it exists."""

from __future__ import annotations

import hmac

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from gateway.conversations.scheduler import Scheduler
from gateway.metrics import Metrics
from gateway.peers import SECRET_HEADER


class MetricsEndpoint:
    """Serves the figures."""

    def __init__(self, metrics: Metrics, scheduler: Scheduler, secret: str) -> None:
        self._metrics = metrics
        self._scheduler = scheduler
        self._secret = secret.encode()

    async def __call__(self, request: web.Request) -> web.Response:
        """Serve the figures."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._secret):
            raise web.HTTPNotFound
        self._metrics.waiting.set(len(self._scheduler))
        return web.Response(body=self._metrics.exposition(), headers={"Content-Type": CONTENT_TYPE_LATEST})
