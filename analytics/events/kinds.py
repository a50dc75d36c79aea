"""What a property of a known event may hold: each kind reads a value or tells what it must be."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

#: Letters of a text that is kept; an address may be long.
LONGEST_TEXT = 2000
LONGEST_ID = 64
#: Beyond this no shop counts, and a column of money ends.
MOST = 1e9
MOST_PRODUCTS = 500


class WrongValue(ValueError):  # noqa: N818 (what it is)
    """A value is not of its kind; the text tells what it must be: "a number"."""


#: Reads a value of a property.
Kind = Callable[[Any], Any]


def a_text(value: Any) -> str:
    """Read a text; numbers are written out."""
    if isinstance(value, str):
        if len(value) <= LONGEST_TEXT:
            return value
        raise WrongValue(f"a text of at most {LONGEST_TEXT} letters")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise WrongValue("a text")


def an_id(value: Any) -> str:
    """Read an id: a text or number of 1 to 64 letters, without spaces at its ends."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    if isinstance(value, str):
        text = value.strip()
        if 0 < len(text) <= LONGEST_ID and text.isprintable():
            return text
    raise WrongValue(f"a text of 1 to {LONGEST_ID} letters")


def a_number(value: Any) -> float:
    """Read a number; texts that hold one too ("19.90"), as many trackers send them."""
    if isinstance(value, bool):
        raise WrongValue("a number")
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            raise WrongValue("a number") from None
    if not isinstance(value, (int, float)):
        raise WrongValue("a number")
    if not -MOST <= value <= MOST or not math.isfinite(value):
        raise WrongValue("a number below a thousand millions")
    return float(value)


def an_amount(value: Any) -> float:
    """Read money: a number that is not negative."""
    amount = a_number(value)
    if amount < 0:
        raise WrongValue("a number that is not negative")
    return amount


def a_count(value: Any) -> int:
    """Read a whole number that is not negative."""
    number = a_number(value)
    if number < 0 or number != int(number):
        raise WrongValue("a whole number that is not negative")
    return int(number)


def a_query(value: Any) -> str:
    """Read what was searched for: a text, or an object as the spec allows, which is of no use and left empty."""
    return "" if isinstance(value, dict) else a_text(value)


def a_list(value: Any) -> list[Any]:
    """Read a list of anything (filters, sorts)."""
    if not isinstance(value, list):
        raise WrongValue("a list")
    return value


def anything(value: Any) -> Any:
    """Take a value as it is."""
    return value


class Products:
    """Reads a list of products; each is an object whose properties are read in turn."""

    def __init__(self, properties: dict[str, Kind]) -> None:
        self._properties = properties

    def __call__(self, value: Any) -> list[dict[str, Any]]:
        """Read the list.

        Raises
        ------
        WrongValue
            The text begins with the place of the value that is wrong: ".0.price".
        """
        if not isinstance(value, list) or len(value) > MOST_PRODUCTS:
            raise WrongValue(f"a list of at most {MOST_PRODUCTS} products")
        return [self._one(place, product) for place, product in enumerate(value)]

    def _one(self, place: int, product: Any) -> dict[str, Any]:
        if not isinstance(product, dict):
            raise WrongPlace(f"{place}", "an object")
        return read_properties(product, self._properties, f"{place}.")


class WrongPlace(WrongValue):
    """A property within is not of its kind; `place` tells which."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(what)
        self.place = place


def read_properties(values: dict[str, Any], kinds: dict[str, Kind], within: str = "") -> dict[str, Any]:
    """Give the properties with those that are known read; null is as good as absent, unknown ones stay as they are.

    Raises
    ------
    WrongPlace
        The first property that is not of its kind.
    """
    told = {}
    for name, value in values.items():
        kind = kinds.get(name)
        if kind is None:
            told[name] = value
        elif value is not None:
            try:
                told[name] = kind(value)
            except WrongPlace as wrong:
                raise WrongPlace(f"{within}{name}.{wrong.place}", str(wrong)) from None
            except WrongValue as wrong:
                raise WrongPlace(f"{within}{name}", str(wrong)) from None
    return told
