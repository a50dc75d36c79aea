"""The facts of a range, read once for the page, its charts and its downloads."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.config import ConsoleConfig
from console.metrics import Facts
from console.periods import Period, period_of
from console.queries.facts import facts_since
from store.engine import Database

#: A page and its five charts ask within a second of each other; nobody minds figures this old.
_GOOD_FOR = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of one period, with when they were read."""

    period: Period
    facts: Facts
    read_at: datetime


class Figures:
    """Reads facts, and keeps the latest reading of each range for a few seconds."""

    def __init__(self, database: Database, config: ConsoleConfig) -> None:
        self._database = database
        self._config = config
        self._readings: dict[str, Reading] = {}
        self._lock = asyncio.Lock()

    async def reading(self, name: str) -> Reading:
        """Give the facts of a range; `KeyError` for an unknown one."""
        async with self._lock:
            known = self._readings.get(name)
            if known is None or self._config.clock() - known.read_at > _GOOD_FOR:
                known = self._readings[name] = await asyncio.to_thread(self._read, name)
            return known

    def _read(self, name: str) -> Reading:
        now = self._config.clock()
        period = period_of(name, now, self._config.time_zone)
        with self._database.read() as connection:
            return Reading(period, facts_since(connection, period.start, now), now)
