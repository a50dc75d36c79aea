"""Hours and weekends in the shop's zone, from seconds since 1970: a dictionary look-up where a conversion would be."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAY = 86400
#: Offsets from UTC change at full quarters of an hour, in every zone there is.
_QUARTER = 900
#: 1970-01-01 was a Thursday; Monday is 0.
_FIRST_WEEKDAY = 3


class ShopClock:
    """Tells the local hour and whether it is weekend; `zone` is an IANA name."""

    def __init__(self, zone: str) -> None:
        info = ZoneInfo(zone)

        @lru_cache(maxsize=100_000)
        def offset(quarter: int) -> int:
            shift = datetime.fromtimestamp(quarter * _QUARTER, info).utcoffset()
            return 0 if shift is None else int(shift.total_seconds())

        self._offset = offset

    def hour(self, at: float) -> int:
        """Give the hour of the day, 0..23."""
        return int(self._local(at) % _DAY // 3600)

    def is_weekend(self, at: float) -> bool:
        """Whether it is Saturday or Sunday."""
        return (int(self._local(at) // _DAY) + _FIRST_WEEKDAY) % 7 >= 5

    def _local(self, at: float) -> float:
        return at + self._offset(int(at // _QUARTER))
