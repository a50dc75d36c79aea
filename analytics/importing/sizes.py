"""Pack sizes as shops write them ("(600) 4 LB", "12 PK/12 OZ", ".13 OZ") to one readable form."""

from __future__ import annotations

import re
from fractions import Fraction

_UNITS = {
    "OZ": "oz",
    "FL OZ": "fl oz",
    "LB": "lb",
    "LBS": "lb",
    "GA": "gal",
    "GAL": "gal",
    "QT": "qt",
    "PT": "pt",
    "L": "L",
    "LT": "L",
    "LTR": "L",
    "ML": "ml",
    "G": "g",
    "GM": "g",
    "GR": "g",
    "KG": "kg",
    "DZ": "dozen",
    "CT": "ct",
    "EA": "ct",
    "PK": "pack",
    "SQ FT": "sq ft",
    "FT": "ft",
    "YD": "yd",
    "IN": "in",
    "LOAD": "loads",
    "ROLL": "rolls",
    "PC": "pieces",
}
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_NUMBER = r"\d+ \d+/\d+|\d+/\d+|\d*\.?\d+"
#: A case count in brackets or a single flag letter may stand in front.
_ONE = re.compile(rf"(?:\(\d+\)|[A-Z](?= ))?\s*({_NUMBER})\s*-?({_UNIT})")
_MANY = re.compile(rf"(\d+)\s*(?:PK|CT|-)?\s*[/X]\s*({_NUMBER})\s*({_UNIT})")
#: Larger numbers are article codes that slipped into the size column.
_LARGEST = 1000


def pack_size(code: str | None) -> str | None:
    """Give a readable size ("14.5 oz", "12 × 12 oz"), or None where the code is none that is understood."""
    if code is None:
        return None
    text = re.sub(r"\s+", " ", code).strip().rstrip(".").upper()
    if text in _UNITS and text not in {"EA", "CT", "PK"}:
        return f"1 {_UNITS[text]}"
    if many := _MANY.fullmatch(text):
        number = _plain(many.group(2))
        return f"{int(many.group(1))} × {number} {_UNITS[many.group(3)]}" if number else None
    if one := _ONE.fullmatch(text):
        number = _plain(one.group(1))
        return f"{number} {_UNITS[one.group(2)]}" if number else None
    return None


def _plain(number: str) -> str | None:
    """Give "8 1/2", ".13" or "1.0" as "8.5", "0.13" or "1"; None for what cannot be a size."""
    try:
        value = sum((Fraction(part) for part in number.split()), Fraction(0))
    except (ValueError, ZeroDivisionError):
        return None
    if not 0 < value < _LARGEST:
        return None
    return f"{float(value):.3f}".rstrip("0").rstrip(".")
