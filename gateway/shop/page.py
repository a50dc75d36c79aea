"""The storefront at `/`: some real products, the sample customers, the chat widget."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import structlog
from aiohttp import web
from jinja2 import Environment, FileSystemLoader, select_autoescape

from analytics.facade import Analytics, AnalyticsUnavailable
from analytics.records import Product, ShopFacts
from gateway.shop.front_row import front_row

log = structlog.get_logger(__name__)

#: What sells best changes by the day.
_FRESH_SECONDS = 60.0


class ShopPage:
    """Renders the storefront as everybody sees it; what it shows is asked of analytics once a minute.

    For who signs in the page itself fetches her own row (`gateway.shop.front_row`).

    Its own tracker sends events with `write_key`, the key of a page; without one it sends none.
    """

    def __init__(self, analytics: Analytics, shop: ShopFacts, write_key: str = "") -> None:
        self._write_key = write_key
        self._analytics = analytics
        self._shop = shop
        self._has_help = bool(analytics.help_pages())
        environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape()
        )
        self._template = environment.get_template("shop.html")
        self._lock = asyncio.Lock()
        self._known: tuple[float, list[Product]] | None = None

    async def __call__(self, _request: web.Request) -> web.Response:
        """Serve the page."""
        page = self._template.render(
            shop=self._shop, has_help=self._has_help, products=await self._products(), write_key=self._write_key
        )
        return web.Response(text=page, content_type="text/html", headers={"Cache-Control": "no-cache"})

    async def _products(self) -> list[Product]:
        async with self._lock:
            if self._known is None or time.monotonic() - self._known[0] > _FRESH_SECONDS:
                self._known = (time.monotonic(), await asyncio.to_thread(self._everybodys))
            return self._known[1]

    def _everybodys(self) -> list[Product]:
        """Give a visitor's row; none where analytics can't tell, for the page works without."""
        try:
            return [pick.product for pick in front_row(self._analytics, None)]
        except AnalyticsUnavailable as error:
            log.warning("shop_without_products", reason=str(error))
            return []
