"""Date ranges of the overview and the bars and points they are cut into."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

RANGES = {"24h": "Last 24 hours", "7d": "Last 7 days", "30d": "Last 30 days"}
DEFAULT_RANGE = "7d"


@dataclass(frozen=True, slots=True)
class Period:
    """A range cut into hours or days; `starts` are the beginnings of its parts, `labels` what their axis says."""

    name: str
    starts: tuple[datetime, ...]
    labels: tuple[str, ...]
    end: datetime

    @property
    def start(self) -> datetime:
        """The first moment that counts."""
        return self.starts[0]

    def part_of(self, at: datetime) -> int | None:
        """Give the number of the part a moment falls into; None outside the period."""
        if not self.start <= at <= self.end:
            return None
        return bisect_right(self.starts, at) - 1


def period_of(name: str, now: datetime, zone: ZoneInfo) -> Period:
    """Cut a range: 24 hours into hours (this one and the 23 before), 7 and 30 days into days (today included).

    Raises
    ------
    KeyError
        For a range that is not in `RANGES`.
    """
    if name == "24h":
        this_hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        starts = [this_hour - timedelta(hours=back) for back in range(23, -1, -1)]
        return Period(name, tuple(starts), tuple(f"{start.astimezone(zone):%H:%M}" for start in starts), now)
    days = {"7d": 7, "30d": 30}[name]
    today = now.astimezone(zone).date()
    dates = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    # Midnight by midnight, so that a day of 23 or 25 hours is still one day.
    midnights = [datetime.combine(date, time.min, zone).astimezone(UTC) for date in dates]
    return Period(name, tuple(midnights), tuple(f"{date.day} {date:%b}" for date in dates), now)
