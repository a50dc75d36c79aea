"""The summary of each range, kept for a moment: a page, its five charts and a download ask for the same one."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from console.config import ConsoleConfig
from console.periods import period_of
from console.queries.facts import facts_since
from console.summary import Summary, summarise
from store.engine import Database

#: How old figures may be: the more they cover, the less a minute changes them and the more they cost.
_GOOD_FOR = {"24h": timedelta(seconds=10), "7d": timedelta(seconds=30), "30d": timedelta(seconds=60)}


class Figures:
    """Reads and computes in a thread, one range at a time."""

    def __init__(self, database: Database, config: ConsoleConfig) -> None:
        self._database = database
        self._config = config
        self._kept: dict[str, tuple[datetime, Summary]] = {}
        self._lock = asyncio.Lock()

    async def of(self, name: str) -> Summary:
        """Give the summary of a range; `KeyError` for an unknown one."""
        good_for = _GOOD_FOR[name]
        async with self._lock:
            known = self._kept.get(name)
            if known is None or self._config.clock() - known[0] > good_for:
                known = self._kept[name] = await asyncio.to_thread(self._read, name)
            return known[1]

    def _read(self, name: str) -> tuple[datetime, Summary]:
        now = self._config.clock()
        period = period_of(name, now, self._config.time_zone)
        with self._database.read() as connection:
            facts = facts_since(connection, period.start, now)
        return now, summarise(period, facts)
