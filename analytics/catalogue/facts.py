"""What the shop knows of single products, in the order they were asked for."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from analytics.catalogue.unit_price import unit_price
from analytics.products import product_record
from analytics.records import ProductFacts
from analytics.wording import spoken_sales
from store.repositories.catalogue import ProductRow, product_description, products_by_id
from store.repositories.orders import purchase_moments


def facts_of(connection: Connection, product_ids: Sequence[str], customer_id: str | None) -> list[ProductFacts]:
    """Give the facts of those products that exist, each once; `customer_id` None says nothing of her purchases."""
    rows = products_by_id(connection, set(product_ids))
    known = [rows[product_id] for product_id in dict.fromkeys(product_ids) if product_id in rows]
    own = {} if customer_id is None or not known else purchase_moments(connection, customer_id, list(rows))
    told = (product_description(connection, known[0].product_id) or "") if len(known) == 1 else ""
    return [_facts(row, len(own.get(row.product_id, ())), told) for row in known]


def _facts(row: ProductRow, times_bought: int, description: str) -> ProductFacts:
    return ProductFacts(
        product=product_record(row),
        unit_price=unit_price(row.price, row.size),
        times_sold=row.times_sold,
        times_bought=times_bought,
        habit=spoken_sales(row.times_sold, times_bought),
        description=description,
    )
