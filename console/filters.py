"""Filters of the templates: how numbers, times and moods are written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from console import wording
from console.config import ConsoleConfig
from console.metrics import Rate


def filters_for(config: ConsoleConfig) -> dict[str, Callable[..., Any]]:
    """Give the filters by name; the ones on time know the console's zone and clock."""

    def ago(at: datetime) -> str:
        return wording.duration(config.clock() - at)

    def when(at: datetime) -> str:
        return wording.moment(at, config.time_zone, config.clock())

    def clock_time(at: datetime) -> str:
        return f"{at.astimezone(config.time_zone):%H:%M}"

    def full(at: datetime) -> str:
        return f"{at.astimezone(config.time_zone):%d %b %Y, %H:%M %Z}"

    def date(at: datetime) -> str:
        local = at.astimezone(config.time_zone)
        return f"{local.day} {local:%b %Y}"

    return {
        "ago": ago, "when": when, "clock_time": clock_time, "full": full, "date": date, "iso": datetime.isoformat,
        "mood": wording.mood_of, "intent": wording.intent_words, "plain": wording.plain, "percent": percent,
        "share": share, "interval": interval, "signed": signed, "money": money, "quantity": quantity,
        "milliseconds": milliseconds, "days_ago": days_ago,
        "channel": lambda name: wording.in_words(name, wording.CHANNEL_WORDS),
        "outcome": lambda name: wording.in_words(name, wording.OUTCOME_WORDS),
        "withheld": lambda name: wording.in_words(name, wording.WITHHELD_WORDS),
        "action": lambda name: wording.in_words(name, wording.ACTION_WORDS),
        "words": lambda name: wording.in_words(name, {}),
    }  # fmt: skip


def percent(value: float | None) -> str:
    """0.973 → "97 %"."""
    return "–" if value is None else f"{100 * value:.0f} %"


def share(rate: Rate) -> str:
    """Rate → "84 %"."""
    return percent(rate.value)


def interval(rate: Rate) -> str:
    """Rate → "95 % interval 74 to 91 %"."""
    found = rate.interval
    return "" if found is None else f"95 % interval {100 * found[0]:.0f} to {percent(found[1])}"


def signed(value: float | None) -> str:
    """-0.32 → "−0.32", with a real minus sign."""
    return "–" if value is None else f"{value:+.2f}".replace("-", "−")


def money(value: float | None, currency: str) -> str:
    """31.2 → "$31.20"; a currency of letters goes behind: "31.20 EUR"."""
    if value is None:
        return "–"
    return f"{value:,.2f} {currency}" if currency.isalpha() else f"{currency}{value:,.2f}"


def quantity(value: float) -> str:
    """1234.0 → "1,234", 31.25 → "31.3"."""
    return f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 100 else f"{value:,.1f}"


def days_ago(days: float) -> str:
    """0.5 → "today", 1.2 → "yesterday", 6.0 → "6 days ago"."""
    whole = int(days)
    return ("today", "yesterday")[whole] if whole < 2 else f"{whole:,} days ago"


def milliseconds(value: float | None) -> str:
    """84.2 → "84 ms", 1240 → "1.2 s"."""
    if value is None:
        return "–"
    return f"{value:.0f} ms" if value < 1000 else f"{timedelta(milliseconds=value).total_seconds():.1f} s"
