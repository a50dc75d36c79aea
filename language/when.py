"""Days and hours as people say them: "tomorrow evening", "friday after 5", "the 12th between 2 and 4 pm"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WEEKDAY = re.compile(r"\b(next\s+)?(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\b", re.I)
_IN_DAYS = re.compile(r"\bin\s+(?:(\d{1,2}|a|one|two|three|four|five)\s+(day|week)s?)\b", re.I)
_MONTH_NAME = "|".join(month[:3] + rf"(?:{month[3:]})?" if len(month) > 3 else month for month in _MONTHS)
_DAY_MONTH = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH_NAME})\b"
    rf"|\b(?P<m2>{_MONTH_NAME})\s+(?:the\s+)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b",
    re.I,
)
_THE_NTH = re.compile(r"\b(?:on\s+|the\s+)+(\d{1,2})(?:st|nd|rd|th)\b|\b(\d{1,2})(?:st|nd|rd|th)\b", re.I)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_PARTS = {
    r"\b(?:early\s+)?mornings?\b": (6.0, 12.0),
    r"\bnoon|midday|lunch\s?time|lunch\b": (11.0, 14.0),
    r"\bafternoons?\b": (12.0, 18.0),
    r"\b(?:evenings?|tonight|after work|dinner\s?time)\b": (17.0, 22.0),
}
_CLOCK = r"(\d{1,2})(?::(\d{2}))?\s*(a\.?m\.?|p\.?m\.?|o'?clock|h)?(?![\w%]|-?(?:st|nd|rd|th))"
_BETWEEN = re.compile(rf"\b(?:between|from)?\s*{_CLOCK}\s*(?:and|to|-|–|till|until)\s*{_CLOCK}", re.I)
_AFTER = re.compile(rf"\b(?:after|later than|not before|from|past)\s+{_CLOCK}", re.I)
_BEFORE = re.compile(rf"\b(?:before|by|until|till|earlier than|no later than)\s+{_CLOCK}", re.I)
_AT = re.compile(rf"\b(?:at|around|about|abt|@)\s*{_CLOCK}|\b(\d{{1,2}})(?::(\d{{2}}))?\s*(a\.?m\.?|p\.?m\.?)\b", re.I)
#: Hours below this without "am" are taken for the afternoon: nobody is brought milk at three in the night.
_AFTERNOON_BELOW = 7
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


@dataclass(frozen=True, slots=True)
class When:
    """A day, and hours of it between 0 and 24; None where none is said."""

    day: date | None = None
    earliest: float | None = None
    latest: float | None = None

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return any(told is not None for told in (self.day, self.earliest, self.latest))


def when_in(text: str, today: date) -> When:
    """Read the day and the hours a message names, seen from `today`; days that are over are of the next year or month.

    A weekday is the next one after today. An hour without "am" or "pm" is of the day, not of the night.
    """
    earliest, latest = _hours(_ISO.sub(" ", text))
    return When(_day(text, today), earliest, latest)


def _day(text: str, today: date) -> date | None:
    lower = text.lower()
    for words, ahead in (
        (r"\bday after (?:tomorrow|tmrw|tmr|tomorow)\b", 2),
        (r"\b(?:tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr|2moro)\b", 1),
        (r"\b(?:today|tonight|same day)\b", 0),
    ):
        if re.search(words, lower):
            return today + timedelta(days=ahead)
    return _counted(lower, today) or _dated(text, today) or _weekday(lower, today)


def _counted(text: str, today: date) -> date | None:
    found = _IN_DAYS.search(text)
    if found is None:
        return None
    number = _NUMBERS.get(found[1]) or int(found[1])
    return today + timedelta(days=number * (7 if found[2] == "week" else 1))


def _dated(text: str, today: date) -> date | None:
    iso = _ISO.search(text)
    if iso:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    named = _DAY_MONTH.search(text)
    if named:
        day, month = int(named["d1"] or named["d2"]), (named["m1"] or named["m2"]).lower()[:3]
        number = [name[:3] for name in _MONTHS].index(month) + 1
        told = _date(today.year, number, day)
        return _date(today.year + 1, number, day) if told is not None and told < today else told
    nth = _THE_NTH.search(text)
    if nth is None:
        return None
    day = int(nth[1] or nth[2])
    told = _date(today.year, today.month, day)
    if told is not None and told >= today:
        return told
    return _date(today.year + today.month // 12, today.month % 12 + 1, day)


def _weekday(text: str, today: date) -> date | None:
    found = _WEEKDAY.search(text)
    if found is None:
        return None
    wanted = next(place for place, name in enumerate(_DAYS) if name.startswith(found[2][:3]))
    ahead = (wanted - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hours(text: str) -> tuple[float | None, float | None]:
    if between := _BETWEEN.search(text):
        return _from_to(between)
    after, before = _AFTER.search(text), _BEFORE.search(text)
    if after or before:
        return _hour(after) if after else None, _hour(before) if before else None
    at = _AT.search(text)
    if at:
        groups = at.groups()
        told = _clock(*(groups[:3] if groups[0] else groups[3:]))
        return (told, told) if told is not None else (None, None)
    return next((hours for words, hours in _PARTS.items() if re.search(words, text, re.I)), (None, None))


def _from_to(found: re.Match[str]) -> tuple[float | None, float | None]:
    first, last = found.group(1, 2, 3), found.group(4, 5, 6)
    latest = _clock(*last)
    half = first[2] or (last[2] if latest is not None and int(first[0]) < int(last[0]) else None)
    return _clock(first[0], first[1], half), latest


def _hour(found: re.Match[str]) -> float | None:
    return _clock(*found.group(1, 2, 3))


def _clock(hour: str, minutes: str | None, half: str | None) -> float | None:
    told = int(hour) + int(minutes or 0) / 60
    said = (half or "").lower().replace(".", "")
    if said == "pm" and told < 12:
        return told + 12
    if said == "am" and told >= 12:
        return told - 12
    if not said.startswith(("a", "p")) and told < _AFTERNOON_BELOW:
        return told + 12
    return told if told <= 24 else None
