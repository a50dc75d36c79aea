"""Product rows as the records that pass through the facade."""

from __future__ import annotations

import re

from analytics.records import Product
from store.repositories.catalogue import ProductRow

#: What an import adds to a name only to tell two products apart, always at its end.
_TELLING_APART = re.compile(r"(, variety \d+| \([^()]*\))+$")


def product_record(row: ProductRow) -> Product:
    """Give the record of a catalogue row."""
    return Product(
        product_id=row.product_id,
        name=row.name,
        category=row.category,
        department=row.department,
        brand=row.brand,
        size=row.size,
        price=row.price,
        in_stock=row.in_stock,
    )


def unlisted_product(product_id: str) -> Product:
    """Give a stand-in for something that was sold but is not in the catalogue (any more)."""
    return Product(
        product_id=product_id, name="An item no longer listed", category="Other", department="Other", in_stock=False
    )


def kind_of(row: ProductRow) -> tuple[str, str]:
    """Give what a customer takes for the same thing: category, and name without size, variety number and brackets.

    "White milk, 1 gal, variety 2" and "White milk (name brand)" are both ("Milk", "white milk"): a list that shows both
    looks as if it repeated itself.
    """
    name = _TELLING_APART.sub("", row.name)
    if row.size:
        name = name.removesuffix(f", {row.size}")
    return row.category, name.lower()
