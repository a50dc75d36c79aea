"""The gateway's application: routes and the order of starting and stopping. Nothing is global."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version

from aiohttp import web

from analytics.facade import Analytics
from analytics.help_records import HELP_PATH
from analytics.records import ShopFacts
from gateway.api.errors import error_middleware
from gateway.api.events import EventEndpoints
from gateway.api.headers import add_security_headers
from gateway.api.health import HealthEndpoint
from gateway.api.metrics_endpoint import MetricsEndpoint
from gateway.api.on_device import PATH, OnDeviceEndpoint
from gateway.api.openapi import OpenApiEndpoint
from gateway.channels.widget import WidgetEndpoint
from gateway.config import GatewayConfig
from gateway.desk import GatewayDesk
from gateway.parts import Parts, make_parts
from gateway.shop.front_row import PATH as FRONT_ROW_PATH
from gateway.shop.front_row import FrontRowEndpoint
from gateway.shop.help_pages import HelpPages
from gateway.shop.page import ShopPage
from gateway.shop.sign_in import DemoEndpoints
from gateway.store_thread import StoreThread
from store.engine import Database

#: Makes the console for a desk; the gateway mounts it and knows no more of it.
ConsoleFactory = Callable[[GatewayDesk], web.Application]

PARTS: web.AppKey[Parts] = web.AppKey("parts", Parts)


def create_app(
    config: GatewayConfig,
    database: Database,
    analytics: Analytics,
    console_app_factory: ConsoleFactory | None = None,
    store: StoreThread | None = None,
) -> web.Application:
    """Make the public edge.

    Parameters
    ----------
    config : everything that can be set.
    database : with all tables; closed by whoever opened it.
    analytics : asked for the shop's facts now, later for products and profiles.
    console_app_factory : makes the console, mounted at /console; None serves none.
    store : the thread that talks to `database`; made here unless a test brings its own.

    Returns
    -------
    aiohttp.web.Application
        It starts and stops its parts itself.
    """
    app = web.Application(middlewares=[error_middleware], client_max_size=config.longest_body)
    app.on_response_prepare.append(add_security_headers)
    parts = app[PARTS] = make_parts(config, store or StoreThread(database), analytics)
    app.cleanup_ctx.append(_running)
    shop = analytics.shop()
    _add_api(app, parts)
    EventEndpoints(config, parts.store, analytics.event_service()).add_to(app.router)
    _add_chat(app, parts, shop)
    _add_help(app, analytics, shop, config.demo)
    if config.demo or config.on_device:
        app.router.add_get(PATH, OnDeviceEndpoint(analytics).__call__)
    if config.demo:
        _add_demo_shop(app, parts, analytics, shop)
    dist = config.web_root / "dist"
    if dist.is_dir():
        app.router.add_static("/static", dist)
    if console_app_factory is not None:
        app.add_subapp("/console", console_app_factory(parts.desk))
    return app


async def _running(app: web.Application) -> AsyncIterator[None]:
    await app[PARTS].start()
    yield
    await app[PARTS].stop()


def _add_api(app: web.Application, parts: Parts) -> None:
    app.router.add_get("/v1/health", HealthEndpoint(parts.store, parts.rasa, parts.actions).__call__)
    config = parts.config
    openapi = OpenApiEndpoint(_version(), config.demo, config.demo or config.on_device)
    app.router.add_get("/v1/openapi.json", openapi.__call__)
    metrics = MetricsEndpoint(parts.metrics, parts.scheduler, parts.store, parts.config.internal_secret)
    app.router.add_get("/metrics", metrics.__call__)


def _add_chat(app: web.Application, parts: Parts, shop: ShopFacts) -> None:
    widget = WidgetEndpoint(parts.config, parts.store, parts.hub, parts.inbox, parts.metrics, shop.name)

    async def say_goodbye(_app: web.Application) -> None:
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(widget.close(), parts.config.drain_seconds)

    app.router.add_get("/v1/chat", widget.__call__)
    app.on_shutdown.append(say_goodbye)


def _add_demo_shop(app: web.Application, parts: Parts, analytics: Analytics, shop: ShopFacts) -> None:
    demo = DemoEndpoints(parts.config.identity_secret, analytics, shop.demo_customers)
    app.router.add_get("/", ShopPage(analytics, shop, parts.config.demo_write_key).__call__)
    app.router.add_get("/demo/customers", demo.customers)
    app.router.add_post("/demo/sign-in", demo.sign_in)
    app.router.add_get(FRONT_ROW_PATH, FrontRowEndpoint(parts.config.identity_secret, analytics).__call__)


def _add_help(app: web.Application, analytics: Analytics, shop: ShopFacts, demo: bool) -> None:
    pages = analytics.help_pages()
    if pages:
        help_pages = HelpPages(pages, shop, demo)
        app.router.add_get(HELP_PATH, help_pages.index)
        app.router.add_get(f"{HELP_PATH}/{{slug}}", help_pages.page)


def _version() -> str:
    try:
        return version("rapport")
    except PackageNotFoundError:
        return "0"
