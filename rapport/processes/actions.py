"""Composition root of the action server: the facade behind rasa-sdk's protocol, on loopback only."""

from __future__ import annotations

import asyncio

import structlog

from actions.server import create_app
from analytics.facade import Analytics, AnalyticsUnavailable, open_analytics
from rapport.databases import open_ready
from rapport.processes.root import run_process
from rapport.processes.serving import serve
from rapport.settings import Settings

log = structlog.get_logger(__name__)

#: Longer than an action's own deadline of 5 s.
_DRAIN_SECONDS = 6.0


async def work(settings: Settings, stop: asyncio.Event) -> None:
    """Serve until told to stop."""
    database = open_ready(settings)
    try:
        analytics = open_analytics(database, settings.artifacts, settings.shop, order_system=settings.order_system)
        await asyncio.to_thread(_open_the_help_desk, analytics)
        app = create_app(settings.internal_secret.get_secret_value(), analytics)
        await serve(app, "127.0.0.1", settings.actions_port, stop, _DRAIN_SECONDS)
    finally:
        database.close()


def _open_the_help_desk(analytics: Analytics) -> None:
    """Ask once, so that no customer waits for the encoder; without it the other answers work all the same."""
    try:
        analytics.help("How can you help me?", limit=1)
    except AnalyticsUnavailable as error:
        log.warning("help_desk_closed", reason=str(error))


if __name__ == "__main__":
    run_process("actions", work)
