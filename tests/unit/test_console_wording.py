"""Moods, times and numbers as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from console import filters, wording
from console.metrics import Rate

UTC_ZONE = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("sentiment", "word"),
    [(-1, "Angry"), (-0.6, "Unhappy"), (-0.31, "Unhappy"), (-0.3, "Neutral"), (0, "Neutral"), (0.3, "Pleased"),
     (0.6, "Happy"), (1, "Happy"), (None, "No mood yet")],
)  # fmt: skip
def test_a_sentiment_is_a_mood(sentiment: float | None, word: str) -> None:
    assert wording.mood_of(sentiment).word == word


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-5, "0 s"), (59, "59 s"), (185, "3 min 05 s"), (7800, "2 h 10 min"), (3 * 86400, "3 days")],
)
def test_a_length_of_time_is_said_shortly(seconds: int, text: str) -> None:
    assert wording.duration(timedelta(seconds=seconds)) == text


def test_a_moment_is_a_time_today_and_a_day_before() -> None:
    now = datetime(2026, 5, 10, 12, tzinfo=UTC)
    assert wording.moment(now - timedelta(hours=3), UTC_ZONE, now) == "09:00"
    assert wording.moment(now - timedelta(days=3), UTC_ZONE, now) == "7 May"
    assert wording.moment(now - timedelta(days=300), UTC_ZONE, now) == "14 Jul 2025"


def test_a_word_is_found_for_a_name_that_nobody_listed() -> None:
    assert wording.intent_words("ask_gift_cards") == "Ask gift cards"
    assert wording.intent_words(None) == "–"


def test_control_characters_and_lone_surrogates_are_dropped_from_text() -> None:
    assert wording.plain("a\x00b\x1b[31mc\ud800d\ne\tf") == "ab[31mcd\ne\tf"


def test_a_long_text_is_shortened_with_an_ellipsis() -> None:
    assert wording.plain("word " * 40, 12) == "word word w…"


def test_numbers_are_written_for_people() -> None:
    assert filters.percent(0.834) == "83 %"
    assert filters.percent(None) == "–"
    assert filters.signed(-0.321) == "−0.32"
    assert filters.signed(0.5) == "+0.50"
    assert filters.money(1932.4, "$") == "$1,932.40"
    assert filters.money(7, "EUR") == "7.00 EUR"
    assert filters.money(None, "$") == "–"
    assert filters.milliseconds(84.4) == "84 ms"
    assert filters.milliseconds(1240) == "1.2 s"
    assert [filters.days_ago(days) for days in (0.5, 1.9, 6.0)] == ["today", "yesterday", "6 days ago"]
    assert filters.quantity(7.25) == "7.2"
    assert filters.quantity(48.0) == "48"
    assert filters.interval(Rate(8, 10)) == "95 % interval 49 to 94 %"
    assert filters.interval(Rate(0, 0)) == ""
