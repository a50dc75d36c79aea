"""Dates, spans and counts in the English of a shop's customer."""

from __future__ import annotations

from datetime import datetime


def spoken_date(moment: datetime, now: datetime) -> str:
    """Give "3 May", or "3 May 2025" where it was more than eleven months ago."""
    day = f"{moment.day} {moment:%B}"
    return day if abs((now - moment).days) < 335 else f"{day} {moment.year}"


def spoken_rhythm(days: float) -> str:
    """Give "about every 9 days"; below a day and a half "about every day", above seven weeks in months.

    `days` is the mean number of days between two purchases, > 0.
    """
    if days < 1.5:
        return "about every day"
    if days < 49:
        return f"about every {round(days)} days"
    months = round(days / 30.4)
    return f"about every {months} months"


def counted(number: int, one: str, many: str = "") -> str:
    """(1, "order") → "1 order", (1200, "order") → "1,200 orders"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def spoken_share(share: float) -> str:
    """Give "3 in 10" for a share of 0..1; "1 in 50" for small ones, "nearly all" and "all" for large."""
    if share >= 0.95:
        return "all" if share == 1 else "nearly all"
    if share >= 0.1:
        return f"{round(share * 10)} in 10"
    return f"1 in {max(round(1 / share), 1)}" if share > 0 else "none"


def spoken_sales(times_sold: int, times_bought: int) -> str:
    """Give how often something is bought, by her if she did, else by all: "you bought it twice"."""
    if times_bought:
        often = {1: "once", 2: "twice"}.get(times_bought, f"{times_bought} times")
        return f"you bought it {often}"
    return f"sold {times_sold:,} times in our shop so far" if times_sold > 1 else "new in our shop"
