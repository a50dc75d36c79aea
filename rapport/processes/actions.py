"""Composition root of the action server: the facade behind rasa-sdk's protocol, on loopback only."""

from __future__ import annotations

import asyncio

from actions.server import create_app
from analytics.facade import open_analytics
from rapport.databases import open_ready
from rapport.processes.root import run_process
from rapport.processes.serving import serve
from rapport.settings import Settings

#: Longer than an action's own deadline of 5 s.
_DRAIN_SECONDS = 6.0


async def work(settings: Settings, stop: asyncio.Event) -> None:
    """Serve until told to stop."""
    database = open_ready(settings)
    try:
        analytics = open_analytics(database, settings.artifacts, settings.shop)
        app = create_app(settings.internal_secret.get_secret_value(), analytics)
        await serve(app, "127.0.0.1", settings.actions_port, stop, _DRAIN_SECONDS)
    finally:
        database.close()


if __name__ == "__main__":
    run_process("actions", work)
