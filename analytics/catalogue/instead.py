"""Substitutes of one product, out of the shop's catalogue."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from analytics.catalogue.substitutes import substitutes
from analytics.records import Recommendation
from store.repositories.catalogue import products_by_id, products_of_category
from store.repositories.orders import purchase_moments


def instead_of(
    connection: Connection,
    product_id: str,
    customer_id: str | None,
    *,
    limit: int,
    cheaper: bool,
    exclude: Collection[str],
    left_out: Collection[str],
) -> list[Recommendation]:
    """Give what to take instead of a product; nothing for one that is unknown or of a category in `left_out`.

    Parameters
    ----------
    left_out : categories (lower case) of which the shop recommends nothing.
    """
    wanted = products_by_id(connection, [product_id]).get(product_id)
    if wanted is None or wanted.category.lower() in left_out:
        return []
    others = products_of_category(connection, wanted.category)
    ids = [row.product_id for row in others]
    own = {} if customer_id is None or not ids else purchase_moments(connection, customer_id, ids)
    return substitutes(wanted, others, limit=limit, cheaper=cheaper, exclude=exclude, own=own)
