"""The values of the gaps in a compiled statement."""

from __future__ import annotations

from datetime import datetime

from analytics.features.zones import Clock, clock_of

#: Changes of clock in eight years; padded to a multiple of this, shops of different age share a statement.
_STEP = 16


def clock_for(timezone: str, first: datetime, now: datetime) -> Clock:
    """Give the clock that a statement needs for orders from `first` to `now` (aware)."""
    return clock_of(timezone, first, now).padded(_STEP)


def moment_values(now: datetime, clock: Clock) -> dict[str, int | datetime]:
    """Give the values of all gaps in a compiled statement."""
    return {
        "now": now,
        "now_s": int(now.timestamp() // 1),
        **{f"change_{number}": change for number, change in enumerate(clock.changes, 1)},
        **{f"offset_{number}": offset for number, offset in enumerate(clock.offsets)},
    }
