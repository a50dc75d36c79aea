"""What all composition roots share: settings, logging, errors a person can mend, and the polite signal to end."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable

import structlog

from rapport.logs import start_logging
from rapport.settings import Settings
from rapport.settings_loading import load_settings

#: A process's work: runs until the event is set.
Work = Callable[[Settings, asyncio.Event], Awaitable[None]]


def run_process(name: str, work: Work) -> None:
    """Run one process until SIGTERM or SIGINT; a `RapportError` ends it with one line and its exit code."""
    try:
        settings = load_settings()
        start_logging(name, settings.log_level, settings.log_format)
        asyncio.run(_until_told(settings, work))
    except Exception as error:
        from rapport.mending import as_mendable  # noqa: PLC0415 - its imports are for the unhappy case only

        mendable = as_mendable(error)
        if mendable is None:
            raise
        sys.stderr.write(f"{name}: {mendable}\n")
        sys.exit(mendable.exit_code)


async def _until_told(settings: Settings, work: Work) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await work(settings, stop)
    structlog.get_logger().info("stopped")
