"""The clock of the shop's zone as whole numbers: when its distance from UTC changed, and to what.

The engines each carry a time-zone database of their own; with Python's alone, hours and weekends agree everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_STEP = timedelta(days=14)
_SECOND = timedelta(seconds=1)
_NEVER = 1 << 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Seconds to add to UTC: `offsets[0]` before `changes[0]` (seconds since 1970), `offsets[1]` then, and so on."""

    changes: tuple[int, ...]
    offsets: tuple[int, ...]

    def padded(self, step: int) -> Clock:
        """Give the same clock with a multiple of `step` changes; those that are added never come."""
        missing = -len(self.changes) % step
        return Clock(changes=self.changes + (_NEVER,) * missing, offsets=self.offsets + self.offsets[-1:] * missing)


def clock_of(timezone: str, first: datetime, last: datetime) -> Clock:
    """Give the clock of a zone for all moments from `first` to `last` (aware, both included)."""
    zone = ZoneInfo(timezone)
    changes: list[int] = []
    offsets = [_offset(zone, first)]
    moment = first
    while moment < last:
        after = min(moment + _STEP, last)
        if _offset(zone, after) != offsets[-1]:
            change = _change(zone, moment, after)
            changes.append(int(change.timestamp()))
            offsets.append(_offset(zone, change))
            after = change
        moment = after
    return Clock(changes=tuple(changes), offsets=tuple(offsets))


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Give the first whole second at which the offset is another than at `before`."""
    low, high = before.replace(microsecond=0), after
    was = _offset(zone, before)
    while high - low > _SECOND:
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if _offset(zone, middle) == was:
            low = middle
        else:
            high = middle
    return low + _SECOND


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    distance = moment.astimezone(UTC).astimezone(zone).utcoffset()
    return 0 if distance is None else int(distance.total_seconds())
