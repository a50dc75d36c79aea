"""Composition root of the worker: refreshes what is learned from the shop's data, and tidies up.

One job at a time, each in a process of its own. Whatever dies in the middle is simply done again: jobs write in
transactions, and the schedule looks at what was built, not at what was begun.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from rapport.databases import open_ready
from rapport.processes.root import run_process
from rapport.settings import Settings
from rapport.supervision.service import HEARTBEAT_FILE
from rapport.worker.built import read_built
from rapport.worker.housekeeping import tidy
from rapport.worker.jobs import REFRESH, JobFailedError, command_of, run_job, update_command
from rapport.worker.schedule import is_due, pause_after
from store.engine import Database

#: Seconds between two heartbeats; the supervisor grows suspicious after 20.
_BEAT = 2.0
#: Seconds between two looks at the schedule.
_LOOK = 15.0
_TIDY = 3600.0
#: Seconds between two moves of the segments with their customers.
_UPDATE = 3600.0


async def work(settings: Settings, stop: asyncio.Event) -> None:
    """Run until told to stop; a job that is running then is ended, to be done again after the next start."""
    database = open_ready(settings)
    one_at_a_time = asyncio.Lock()
    tasks = [
        asyncio.create_task(_beat(settings.run_folder / HEARTBEAT_FILE)),
        asyncio.create_task(_refresh_when_due(database, settings.refresh_at, one_at_a_time)),
        asyncio.create_task(_update_segments_hourly(database, one_at_a_time)),
        asyncio.create_task(_tidy_hourly(database, timedelta(days=settings.event_days))),
    ]
    stopped = asyncio.create_task(stop.wait())
    try:
        done, _ = await asyncio.wait({stopped, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in (stopped, *tasks):
            task.cancel()
        await asyncio.gather(stopped, *tasks, return_exceptions=True)
        database.close()


async def _beat(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    while True:
        file.touch()
        await asyncio.sleep(_BEAT)


async def _refresh_when_due(database: Database, refresh_at: str, one_at_a_time: asyncio.Lock) -> None:
    failures = 0
    while True:
        built = await asyncio.to_thread(read_built, database)
        due = built.outdated or is_due(datetime.now(UTC), refresh_at, built.built_at)
        if built.imported_at is not None and due:
            async with one_at_a_time:
                failures = 0 if await _refresh() else failures + 1
        await asyncio.sleep(pause_after(failures).total_seconds() if failures else _LOOK)


async def _refresh() -> bool:
    """Run the jobs of a refresh in order; gives False at the first that fails."""
    log = structlog.get_logger()
    for job in REFRESH:
        began = time.perf_counter()
        log.info("job starts", job=job)
        try:
            await run_job(command_of(job))
        except JobFailedError as error:
            log.error("job failed", job=job, reason=str(error))
            return False
        log.info("job done", job=job, seconds=round(time.perf_counter() - began, 1))
    return True


async def _update_segments_hourly(database: Database, one_at_a_time: asyncio.Lock) -> None:
    """Move the segments with their customers; before anything was built, and during a refresh, there is no need."""
    while True:
        await asyncio.sleep(_UPDATE)
        built = await asyncio.to_thread(read_built, database)
        if built.built_at is None or one_at_a_time.locked():
            continue
        async with one_at_a_time:
            try:
                await run_job(update_command())
            except JobFailedError as error:
                structlog.get_logger().error("job failed", job="segments --update", reason=str(error))


async def _tidy_hourly(database: Database, keep_events: timedelta) -> None:
    while True:
        # A database that is away for a while is no reason to end: the next hour comes.
        with suppress(OSError):
            await asyncio.to_thread(tidy, database, datetime.now(UTC), keep_events)
        await asyncio.sleep(_TIDY)


if __name__ == "__main__":
    run_process("worker", work)
