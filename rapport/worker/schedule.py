"""When the nightly refresh is due: pure functions of the clock and of what was built."""

from __future__ import annotations

from datetime import datetime, timedelta


def last_due(now: datetime, refresh_at: str) -> datetime:
    """Give the latest moment, not after `now`, at which a refresh was due.

    Parameters
    ----------
    now : aware, UTC.
    refresh_at : time of day in UTC, "HH:MM".
    """
    hour, minute = (int(part) for part in refresh_at.split(":"))
    today = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def is_due(now: datetime, refresh_at: str, built_at: datetime | None) -> bool:
    """Whether a refresh has to run: nothing was built yet, or it is older than the last time a refresh was due.

    A machine that slept through the night catches up when it wakes.
    """
    return built_at is None or built_at < last_due(now, refresh_at)


def pause_after(failures: int) -> timedelta:
    """Give how long to wait after so many failures in a row: 1 minute, doubling, at most 1 hour."""
    return timedelta(minutes=min(2 ** max(failures - 1, 0), 60))
