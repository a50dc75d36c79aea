"""Something computed from the database and kept in memory until its source changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

from sqlalchemy import Connection

from analytics.facade import AnalyticsUnavailable
from store.engine import Database

logger = logging.getLogger(__name__)

T = TypeVar("T")

#: Seconds between two looks at the version: a query each time would cost more than most answers.
CHECK_EVERY = 5.0


class Snapshot(Generic[T]):
    """Holds one value and replaces it whole when the version changes, so that readers never see half of a change.

    Parameters
    ----------
    database : where to look.
    version : gives a cheap value that changes when the source does.
    build : computes the value from the database.
    check_every : seconds during which the version is taken as unchanged.
    """

    def __init__(
        self,
        database: Database,
        *,
        version: Callable[[Connection], Hashable],
        build: Callable[[Connection], T],
        check_every: float = CHECK_EVERY,
    ) -> None:
        self._database = database
        self._version = version
        self._build = build
        self._check_every = check_every
        self._lock = Lock()
        #: (version, value, moment of the last look); replaced as one, so that it is read without the lock.
        self._held: tuple[Hashable, T, float] | None = None

    def get(self) -> T:
        """Give the present value, building it first where it is missing or outdated."""
        held = self._held
        if held is not None and monotonic() - held[2] < self._check_every:
            return held[1]
        with self._lock:
            return self._refreshed()

    def _refreshed(self) -> T:
        held = self._held
        looked_at = monotonic()
        if held is not None and looked_at - held[2] < self._check_every:
            return held[1]
        with self._database.read() as connection:
            version = self._version(connection)
            if held is not None and held[0] == version:
                value = held[1]
            else:
                version, value = self._built(connection, version)
        self._held = (version, value, looked_at)
        return value

    def _built(self, connection: Connection, version: Hashable) -> tuple[Hashable, T]:
        """Build anew; where that fails and an earlier value is held, keep it and try again at the next look."""
        try:
            return version, self._build(connection)
        except AnalyticsUnavailable as error:
            if self._held is None:
                raise
            logger.error("version %s cannot be used, the earlier one stays: %s", version, error)
            return self._held[:2]
