"""Ranges of the overview: whole hours, whole days, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from console.periods import period_of

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_day_is_this_hour_and_the_23_before_it() -> None:
    period = period_of("24h", datetime(2026, 5, 10, 12, 40, tzinfo=UTC), ZoneInfo("UTC"))
    assert (len(period.starts), period.labels[0], period.labels[-1]) == (24, "13:00", "12:00")
    assert period.start == datetime(2026, 5, 9, 13, tzinfo=UTC)


def test_a_week_is_today_and_the_six_days_before_in_the_shops_own_time() -> None:
    # half past eleven at night in London is tomorrow in Berlin
    period = period_of("7d", datetime(2026, 5, 10, 22, 30, tzinfo=UTC), BERLIN)
    assert (period.labels[0], period.labels[-1], len(period.starts)) == ("5 May", "11 May", 7)
    assert period.start == datetime(2026, 5, 4, 22, tzinfo=UTC)


def test_the_day_of_the_clock_change_has_25_hours_and_is_one_day() -> None:
    period = period_of("30d", datetime(2026, 11, 5, 12, tzinfo=UTC), BERLIN)
    lengths = {later - earlier for earlier, later in zip(period.starts, period.starts[1:], strict=False)}
    assert lengths == {timedelta(hours=24), timedelta(hours=25)}


def test_a_moment_belongs_to_the_part_it_falls_into() -> None:
    now = datetime(2026, 5, 10, 12, 40, tzinfo=UTC)
    period = period_of("24h", now, ZoneInfo("UTC"))
    assert period.part_of(period.start) == 0
    assert period.part_of(period.start - timedelta(microseconds=1)) is None
    assert period.part_of(datetime(2026, 5, 10, 11, 59, 59, tzinfo=UTC)) == 22
    assert period.part_of(now) == 23
    assert period.part_of(now + timedelta(seconds=1)) is None


def test_an_unknown_range_is_refused() -> None:
    with pytest.raises(KeyError):
        period_of("1y", datetime(2026, 5, 10, tzinfo=UTC), BERLIN)
