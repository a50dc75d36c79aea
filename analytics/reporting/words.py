"""Figures in sentences."""

from __future__ import annotations

#: Heads the first column of lists that tell customers by their numbers: an erasure takes her rows out of these.
CUSTOMER = "Customer"


def amount(value: float, currency: str) -> str:
    """17.2 → "$17.20", 3246.4 → "$3,246"; a currency of letters goes behind: "17.20 EUR"."""
    text = f"{abs(value):,.0f}" if abs(value) >= 100 else f"{abs(value):,.2f}"
    signed = "−" if value < 0 else ""
    return f"{signed}{text} {currency}" if currency.isalpha() else f"{signed}{currency}{text}"


def percent(share: float) -> str:
    """0.153 → "15 %" (no line breaks in it); below 3 % with one digit."""
    return f"{100 * share:.1f} %" if 0 < abs(share) < 0.0295 else f"{100 * share:.0f} %"


def days(value: float) -> str:
    """0.4 → "less than a day", 1.0 → "1 day", 12.3 → "12 days"."""
    whole = round(value)
    if whole < 1:
        return "less than a day"
    return "1 day" if whole == 1 else f"{whole:,} days"


def listed(words: list[str]) -> str:
    """["a", "b", "c"] → "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
