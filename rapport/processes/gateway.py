"""Composition root of the gateway: the public edge with the console mounted in it."""

from __future__ import annotations

import asyncio
import gc
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from analytics.events.keys import renew_key
from analytics.facade import Analytics, open_analytics
from console.app import create_console
from console.config import ConsoleConfig
from console.ports import Desk
from gateway.addresses import client_address, networks
from gateway.app import create_app
from gateway.config import GatewayConfig
from rapport.databases import open_ready
from rapport.paths import PROJECT
from rapport.processes.root import run_process
from rapport.processes.serving import serve
from rapport.settings import Settings
from rapport.training.nlu import teachable_intents
from store.engine import Database

_WEB = PROJECT / "web"
_DEMO_KEY = "demo-shop"
_SECONDS_OF_12_HOURS = 12 * 3600.0


async def work(settings: Settings, stop: asyncio.Event) -> None:
    """Serve until told to stop; turns that began come to their end first."""
    database = open_ready(settings)
    try:
        analytics = open_analytics(database, settings.artifacts, settings.shop, order_system=settings.order_system)
        config = gateway_config(settings, demo_key(database) if settings.demo else "")
        console = partial(_console, settings, database, analytics)
        app = create_app(config, database, analytics, console)
        spare_the_collector()
        await serve(app, settings.host, settings.port, stop, config.drain_seconds)
    finally:
        database.close()


def spare_the_collector() -> None:
    """Keep the garbage collector from walking over what stays for ever: models, indexes, code.

    A batch of events makes some thousand small objects. Each time so many more had come that all of them were looked
    at, the whole catalogue was walked over as well: a third of the time of a batch.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def demo_key(database: Database) -> str:
    """Make the key with which the demo shop's page sends its own events: a new one at every start."""
    with database.write() as connection:
        return renew_key(connection, _DEMO_KEY, "page", datetime.now(UTC))


def gateway_config(settings: Settings, demo_write_key: str = "") -> GatewayConfig:
    """Give the gateway's part of the settings."""
    own = (settings.public_url,) if settings.public_url else ()
    return GatewayConfig(
        internal_secret=settings.internal_secret.get_secret_value(),
        identity_secret=settings.identity_secret.get_secret_value(),
        rasa_url=settings.rasa_address,
        actions_url=settings.actions_address,
        allowed_origins=settings.allowed_origins + own,
        trusted_proxies=settings.trusted_proxies,
        demo=settings.demo,
        on_device=settings.on_device,
        demo_write_key=demo_write_key,
        web_root=_WEB,
        turn_deadline=settings.turn_deadline_seconds,
        turns_in_flight=settings.rasa_in_flight,
        message_rate=settings.messages_per_second,
        new_conversation_rate=settings.conversations_per_12_hours / _SECONDS_OF_12_HOURS,
    )


def console_config(settings: Settings) -> ConsoleConfig:
    """Give the console's part of the settings."""
    public = urlsplit(settings.public_url)
    trusted = networks(settings.trusted_proxies)

    def address(request: web.Request) -> str:
        return client_address(request, trusted)

    return ConsoleConfig(
        key=settings.console_key.get_secret_value(),
        secure_cookies=public.scheme == "https",
        public_host=public.netloc or None,
        asset_version=asset_version(_WEB),
        intents=teachable_intents(PROJECT),
        reports=settings.reports,
        client_address=address,
    )


def asset_version(web_root: Path) -> str:
    """Give the hash that the build of the scripts left beside them; "" where they are not built."""
    stamp = web_root / "dist" / ".stamp"
    return stamp.read_text(encoding="utf-8").strip() if stamp.is_file() else ""


async def _to_the_console(_request: web.Request) -> web.Response:
    """Lead on who left out the last slash, which a mounted application insists on."""
    raise web.HTTPFound("/console/")


def _console(settings: Settings, database: Database, analytics: Analytics, desk: Desk) -> web.Application:
    console = create_console(console_config(settings), database, analytics, desk)
    console.router.add_get("", _to_the_console)
    return console


if __name__ == "__main__":
    run_process("gateway", work)
