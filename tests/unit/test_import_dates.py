"""How far a demonstration shop's dates move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from analytics.importing.dates import days_to_now

LAST = datetime(2018, 1, 1, 4, 1, 20, tzinfo=UTC)


def test_the_last_order_comes_to_now_or_less_than_a_week_beyond() -> None:
    assert days_to_now(LAST, LAST) == 0
    assert days_to_now(LAST, LAST + timedelta(seconds=1)) == 7
    assert days_to_now(LAST, LAST + timedelta(days=7)) == 7
    assert days_to_now(LAST, LAST + timedelta(days=7, seconds=1)) == 14


@given(st.timedeltas(min_value=timedelta(days=-4000), max_value=timedelta(days=4000)))
def test_weekdays_stay_and_no_gap_of_a_week_opens(passed: timedelta) -> None:
    now = LAST + passed
    moved = LAST + timedelta(days=days_to_now(LAST, now))
    assert moved.weekday() == LAST.weekday()
    assert timedelta(0) <= moved - now < timedelta(days=7)
