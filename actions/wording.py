"""How figures, dates and lists are written; sentences live in the domain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics.records import Product, ProductFacts, UnitPrice

#: The zone in which the days of this turn are told.
_ZONE: ContextVar[ZoneInfo] = ContextVar("zone", default=ZoneInfo("UTC"))  # noqa: B039  never changed in place
#: How the importer tells apart products whose names and sizes are the same.
VARIETY = re.compile(r", variety \d+$")

#: Letters of a description that fit in an answer.
OPENING = 240
_SENTENCE_END = re.compile(r"[.!?](?=\s)")


def money(amount: float, currency: str) -> str:
    """Write an amount in major units with its currency sign: "$2.99", "-$0.50"."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{currency}{abs(amount):,.2f}"


@contextmanager
def told_in(timezone: str) -> Iterator[None]:
    """Tell days as they are in this zone (an IANA name), for as long as the block lasts and in its thread alone."""
    token = _ZONE.set(ZoneInfo(timezone))
    try:
        yield
    finally:
        _ZONE.reset(token)


def day(moment: datetime, today: date | None = None) -> str:
    """Write a date as a person of the shop's zone says it: "3 May", and "3 May 2025" where it is not this year."""
    local = moment.astimezone(_ZONE.get())
    this_year = (today or datetime.now(_ZONE.get()).date()).year
    said = f"{local.day} {local:%B}"
    return said if local.year == this_year else f"{said} {local.year}"


def hours(starts: datetime, ends: datetime) -> str:
    """Write a stretch of a day: "8 am–10 am", "2:30 pm–4 pm"."""
    return f"{_hour(starts)}–{_hour(ends)}"


def slot(starts: datetime, ends: datetime) -> str:
    """Write a delivery slot, short enough for a quick reply: "Fri 8 May, 8 am–10 am"."""
    return f"{starts:%a} {starts.day} {starts:%b}, {hours(starts, ends)}"


def _hour(moment: datetime) -> str:
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes} {'am' if moment.hour < 12 else 'pm'}"


def or_none(value: str | None) -> str:
    """Write a value, or a dash where there is none."""
    return value or "–"


def switched(granted: bool, until: datetime | None) -> str:
    """Write how a switch stands: "on", "off", "off until 3 May"."""
    state = "on" if granted else "off"
    return f"{state} until {day(until)}" if until else state


def short_name(product: Product) -> str:
    """Write a product's name as one speaks of it, without size and the number of the variety: "Kids cereal"."""
    name = VARIETY.sub("", product.name)
    return name.removesuffix(f", {product.size}") if product.size else name


def full_name(product: Product) -> str:
    """Write a product's name with its size, without the number of the variety: "Kids cereal, 14.5 oz"."""
    return VARIETY.sub("", product.name)


def price(facts: ProductFacts, currency: str) -> str:
    """Write a price with that of one unit: "$2.99 ($0.21/oz)"; a dash where it is unknown."""
    if facts.product.price is None:
        return or_none(None)
    whole = money(facts.product.price, currency)
    return f"{whole} ({per_unit(facts.unit_price, currency)})" if facts.unit_price else whole


def per_unit(unit_price: UnitPrice, currency: str) -> str:
    """Write the price of one unit: "$0.21/oz"; tenths of a cent where it is less than ten."""
    if unit_price.amount < 0.1:
        return f"{currency}{unit_price.amount:.3f}/{unit_price.unit}"
    return f"{money(unit_price.amount, currency)}/{unit_price.unit}"


def opening(prose: str) -> str:
    """Give the first sentences of a text, as many as fit in 240 letters; a long first one is cut after a word."""
    if len(prose) <= OPENING:
        return prose
    end = max((found.end() for found in _SENTENCE_END.finditer(prose, 0, OPENING + 1)), default=0)
    return prose[:end] if end else (prose[:OPENING].rpartition(" ")[0].rstrip(",;: ") or prose[:OPENING]) + "…"


def listing(names: Sequence[str]) -> str:
    """Join names as a sentence does: "bread", "bread and milk", "bread, milk and eggs".

    Names that hold a comma themselves are set apart by semicolons.
    """
    if len(names) < 2:
        return "".join(names)
    return f"{enumeration(names[:-1])} and {names[-1]}"


def enumeration(names: Sequence[str]) -> str:
    """Join names that others follow: "bread, milk"."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def lines(items: Sequence[tuple[str, str]]) -> str:
    """Write pairs of name and remark, one a line."""
    return "\n".join(f"• {name}: {remark}" for name, remark in items)


def address(name: str | None) -> str:
    """Write a name so that it follows a greeting: ", Ana"; empty where the name is unknown."""
    return f", {name.strip()}" if name and name.strip() else ""
