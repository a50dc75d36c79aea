"""Product rows as the records that pass through the facade."""

from __future__ import annotations

from analytics.records import Product
from store.repositories.catalogue import ProductRow


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
