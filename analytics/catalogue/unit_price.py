"""What a product costs by weight, volume or piece, where its size can be read: "$0.19/oz" of a 16 oz pack."""

from __future__ import annotations

import re

from analytics.records import UnitPrice

#: Unit of a size → the unit prices are told in, and how many of it one is. An ounce of weight and one of volume are
#: written alike in shops; products are compared within one kind of thing, where both are the same.
_UNITS: dict[str, tuple[str, float]] = {
    "oz": ("oz", 1.0),
    "fl oz": ("oz", 1.0),
    "lb": ("oz", 16.0),
    "lbs": ("oz", 16.0),
    "gal": ("oz", 128.0),
    "gallon": ("oz", 128.0),
    "qt": ("oz", 32.0),
    "pt": ("oz", 16.0),
    "g": ("kg", 0.001),
    "kg": ("kg", 1.0),
    "ml": ("L", 0.001),
    "cl": ("L", 0.01),
    "l": ("L", 1.0),
    "ct": ("ct", 1.0),
    "pack": ("ct", 1.0),
    "pieces": ("ct", 1.0),
    "rolls": ("ct", 1.0),
    "loads": ("ct", 1.0),
    "dozen": ("ct", 12.0),
}
_SIZE = re.compile(r"(?:(?P<packs>\d+)\s*[×x]\s*)?(?P<number>\d*\.?\d+)\s*(?P<unit>[a-z]+(?: oz)?)", re.IGNORECASE)


def unit_price(price: float | None, size: str | None) -> UnitPrice | None:
    """Give the price of one unit.

    Parameters
    ----------
    price : of the whole pack, major units.
    size : as the catalogue writes it: "14.5 oz", "12 × 12 oz", "1 gallon".

    Returns
    -------
    None where the price is unknown or the size is none that is understood.
    """
    if price is None or size is None:
        return None
    read = _SIZE.fullmatch(size.strip())
    unit = _UNITS.get(read["unit"].lower()) if read else None
    if read is None or unit is None:
        return None
    quantity = int(read["packs"] or 1) * float(read["number"]) * unit[1]
    return UnitPrice(amount=price / quantity, unit=unit[0]) if quantity > 0 else None
