"""Serving one aiohttp application until told to stop, and letting what began come to its end."""

from __future__ import annotations

import asyncio

import structlog
from aiohttp import web

from rapport.errors import StartError


async def serve(app: web.Application, host: str, port: int, stop: asyncio.Event, drain_seconds: float = 10.0) -> None:
    """Serve until `stop` is set; then take nothing new and give what runs `drain_seconds` to finish.

    Raises
    ------
    StartError
        The address cannot be listened on.
    """
    # No access log: it would cost time on every turn, and addresses hold what is nobody's business.
    runner = web.AppRunner(app, handle_signals=False, access_log=None, shutdown_timeout=drain_seconds)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise StartError(f"cannot listen on {host}:{port}: {error.strerror}") from error
        structlog.get_logger().info("serves", address=f"http://{host}:{port}")
        await stop.wait()
    finally:
        await runner.cleanup()
