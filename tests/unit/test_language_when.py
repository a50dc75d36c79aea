"""Days and hours read from a message, seen from Wednesday, 6 May 2026."""

from __future__ import annotations

from datetime import date

import pytest

from language.when import When, when_in

WEDNESDAY = date(2026, 5, 6)


def may(day: int) -> date:
    return date(2026, 5, day)


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("tomorrow please", When(may(7))),
        ("can it come tmrw evening", When(may(7), 17, 22)),
        ("the day after tomorrow", When(may(8))),
        ("friday after 5", When(may(8), 17)),
        ("on wednesday", When(may(13))),
        ("next mon morning", When(may(11), 6, 12)),
        ("in two days", When(may(8))),
        ("in a week", When(may(13))),
        ("the 12th between 2 and 4 pm", When(may(12), 14, 16)),
        ("12 may, 10-12", When(may(12), 10, 12)),
        ("June 3rd", When(date(2026, 6, 3))),
        ("on the 2nd", When(date(2026, 6, 2))),
        ("3 january", When(date(2027, 1, 3))),
        ("2026-05-09 08:00-10:00", When(may(9), 8, 10)),
        ("before noon", When(None, 11, 14)),
        ("before 10 am", When(None, None, 10)),
        ("at 6", When(None, 18, 18)),
        ("around 8pm on sat", When(may(9), 20, 20)),
        ("from 9 to 11", When(None, 9, 11)),
        ("change the delivery time of order 51010", When()),
        ("31 february", When()),
    ],
)
def test_days_and_hours_are_read(said: str, when: When) -> None:
    assert when_in(said, WEDNESDAY) == when


def test_nothing_said_is_nothing() -> None:
    assert not when_in("whenever suits you", WEDNESDAY)
