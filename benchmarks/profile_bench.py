"""`rapport bench profile`: events into the live profile over HTTP, durable, and from an event to the stored segment."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np

from analytics.event_records import Source
from analytics.events.keys import add_key
from analytics.events.service import SqlEventService
from benchmarks.profile_shop import Trackers, make_shop
from benchmarks.servers import Server, free_port, running
from rapport.paths import PROJECT
from store.engine import Database
from store.repositories.events import count_events

_CUSTOMERS, _EVENTS, _SINGLE, _ALONE = 3000, 50_000, 3000, 3000
_QUICK = 20
#: Events of a batch (about 150 KB as trackers send them), and calls at the same time.
_BATCH, _CALLERS, _SINGLE_CALLERS = 250, 4, 16
_ZONE = "America/New_York"


def run(quick: bool) -> dict[str, Any]:
    """Send events into a shop made up for it.

    Parameters
    ----------
    quick : a twentieth of everything.

    Returns
    -------
    dict
        In the form of every benchmark. `events_per_s`: events of all kinds that were answered with 200 (on disk, in
        the profile, the segment looked at), in batches of 250 from four callers at once, through a gateway process of
        its own over loopback, by wall clock. `event_to_segment_p99_ms`, `event_to_segment_p50_ms`: one event at a time
        in this process, from its JSON to the commit. `server_cpu_us_per_event`: CPU time of the gateway. Baselines of
        the same run: an upsert of a counter in bare SQLite with the same durability, one event a transaction; and the
        same gateway with one event a call.
    """
    began = time.perf_counter()
    share = _QUICK if quick else 1
    customers, events, single, alone = (size // share for size in (_CUSTOMERS, _EVENTS, _SINGLE, _ALONE))
    with tempfile.TemporaryDirectory(prefix="rapport-bench-") as temporary:
        folder = Path(temporary)
        database = make_shop(folder, customers, datetime.now(UTC))
        try:
            with database.write() as connection:
                key = add_key(connection, "bench", "server", datetime.now(UTC))
            times = sorted(_alone(database, folder / "artifacts", customers, alone))
            served = asyncio.run(_served(folder, database, key, (customers, events, single)))
            bare = sorted(_bare(folder / "bare.db", customers, alone))
        finally:
            database.close()
    figures = {
        "events_per_s": served["batched"],
        "event_to_segment_p99_ms": _percentile(times, 99),
        "event_to_segment_p50_ms": _percentile(times, 50),
        "server_cpu_us_per_event": served["cpu_us"],
    }
    baselines = {
        "sqlite_upsert": {
            "events_per_s": round(len(bare) / sum(bare), 1),
            "event_to_segment_p99_ms": _percentile(bare, 99),
            "event_to_segment_p50_ms": _percentile(bare, 50),
        },
        "http_one_by_one": {"events_per_s": served["single"]},
    }
    return {
        "bench": "profile",
        "sizes": {"customers": customers, "events": events, "batch": _BATCH, "callers": _CALLERS},
        "figures": figures,
        "baselines": baselines,
        "ratio": {
            "events_per_s": round(figures["events_per_s"] / max(one["events_per_s"] for one in baselines.values()), 3),
            "event_to_segment_p99_ms": round(
                baselines["sqlite_upsert"]["event_to_segment_p99_ms"] / figures["event_to_segment_p99_ms"], 3
            ),
        },
        "seconds": round(time.perf_counter() - began, 1),
    }


def _alone(database: Database, artifacts: Path, customers: int, count: int) -> Iterator[float]:
    """Give the seconds of single events, each from its JSON to the commit."""
    service = SqlEventService(database, artifacts, _ZONE)
    source = Source(name="bench", kind="server")
    trackers = Trackers(customers, seed=1)
    bodies = [(item["type"], json.dumps(item).encode()) for item in (trackers.item() for _ in range(count))]
    for kind, body in bodies:
        started = time.perf_counter()
        call = service.read(body, kind, source, datetime.now(UTC))
        with database.write() as connection:
            service.take(connection, call)
        yield time.perf_counter() - started


def _bare(file: Path, customers: int, count: int) -> Iterator[float]:
    """Give the seconds of counting events in one table, with the durability of ours and nothing else."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE counters (customer TEXT PRIMARY KEY, events INTEGER, last TEXT)")
    for number in range(count):
        started = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO counters VALUES (?, 1, ?) ON CONFLICT (customer) DO UPDATE "
            "SET events = events + 1, last = excluded.last",
            (f"c{number % customers}", str(number)),
        )
        connection.execute("COMMIT")
        yield time.perf_counter() - started
    connection.close()


async def _served(folder: Path, database: Database, key: str, sizes: tuple[int, int, int]) -> dict[str, float]:
    customers, events, single = sizes
    port = free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORT_")}
    env |= {"RAPPORT_HOME": str(folder), "RAPPORT_PORT": str(port), "RAPPORT_LOG_LEVEL": "warning"}
    command = [sys.executable, "-m", "rapport.processes.gateway"]
    env["PYTHONPATH"] = str(PROJECT)
    headers = {"Authorization": aiohttp.encode_basic_auth(key, "")}
    log = folder / "gateway.log"
    async with (
        running(command, port=port, health="/v1/health", env=env, log=log) as server,
        aiohttp.ClientSession(server.url, headers=headers) as http,
    ):
        batches = Trackers(customers, seed=2)
        bodies = [batches.batch(_BATCH) for _ in range(events // _BATCH)]
        await _send(http, "/v1/batch", [batches.batch(_BATCH)], 1)  # connections and caches are warm then
        before, cpu = _kept(database), _cpu(server)
        seconds = await _send(http, "/v1/batch", bodies, _CALLERS)
        kept, cpu = _kept(database) - before, _cpu(server) - cpu
        if kept != len(bodies) * _BATCH:
            raise RuntimeError(f"{len(bodies) * _BATCH} events were acknowledged, {kept} are on disk")
        items = Trackers(customers, seed=3)
        calls = [json.dumps({**items.item(), "type": "track", "event": "Seen"}).encode() for _ in range(single)]
        single_seconds = await _send(http, "/v1/track", calls, _SINGLE_CALLERS)
    return {
        "batched": round(kept / seconds, 1),
        "single": round(single / single_seconds, 1),
        "cpu_us": round(cpu / kept * 1e6, 1),
    }


async def _send(http: aiohttp.ClientSession, path: str, bodies: list[bytes], callers: int) -> float:
    """Send all bodies, so many at a time; give the seconds it took."""
    waiting = iter(bodies)

    async def call() -> None:
        for body in waiting:
            async with http.post(path, data=body) as response:
                told = await response.json()
            if response.status != 200 or told["data"]["refused"]:
                raise RuntimeError(f"a call was answered with {response.status}: {told}")

    started = time.perf_counter()
    await asyncio.gather(*(call() for _ in range(callers)))
    return time.perf_counter() - started


def _kept(database: Database) -> int:
    with database.read() as connection:
        return count_events(connection)


def _cpu(server: Server) -> float:
    times = server.process.cpu_times()
    return float(times.user + times.system)


def _percentile(seconds: list[float], percent: float) -> float:
    return round(float(np.percentile(seconds, percent)) * 1000, 3)
