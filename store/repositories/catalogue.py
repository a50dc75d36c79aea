"""Products by id, and the whole catalogue for those who index it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select

from store.tables import import_runs, products

#: A shop may tell that it sells a thing, and how many pieces there are: of none there is nothing to be had.
_THERE = and_(products.c.in_stock, func.coalesce(products.c.stock, 1) > 0)
_COLUMNS = (
    products.c.product_id,
    products.c.name,
    products.c.category,
    products.c.department,
    products.c.brand,
    products.c.size,
    products.c.price,
    products.c.times_sold,
    _THERE.label("in_stock"),
    products.c.stock,
    products.c.margin,
)

# Built once: composing a statement costs as much as running it.
_BY_ID = select(*_COLUMNS).where(products.c.product_id.in_(bindparam("ids", expanding=True)))

_OF_CATEGORY = (
    select(*_COLUMNS)
    .where(products.c.category == bindparam("category"), _THERE, products.c.price.is_not(None))
    .order_by(products.c.product_id)
)


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One product; `price` in major currency units, None where it was never sold."""

    product_id: str
    name: str
    category: str
    department: str
    brand: str | None
    size: str | None
    price: float | None
    times_sold: int
    in_stock: bool
    #: Pieces there are, and (price - cost) / price; None where the shop does not tell.
    stock: int | None = None
    margin: float | None = None


def products_by_id(connection: Connection, product_ids: Collection[str]) -> dict[str, ProductRow]:
    """Give those of the products that exist, by id."""
    if not product_ids:
        return {}
    return {row.product_id: _row(row) for row in connection.execute(_BY_ID, {"ids": sorted(product_ids)})}


def products_of_category(connection: Connection, category: str) -> list[ProductRow]:
    """Give the products of a category that are in stock and have a price, in order of id."""
    return [_row(row) for row in connection.execute(_OF_CATEGORY, {"category": category})]


def priced_products(connection: Connection) -> Iterator[ProductRow]:
    """Give every product that has a price, in order of id, a few at a time."""
    query = select(*_COLUMNS).where(products.c.price.is_not(None)).order_by(products.c.product_id)
    for row in connection.execute(query, execution_options={"yield_per": 5000}):
        yield _row(row)


def product_descriptions(connection: Connection) -> dict[str, str]:
    """Give what the shop tells of its products, by id, of those of which it tells something.

    Apart from the products: what lists and searches read of them stays light.
    """
    told = products.c.description
    query = select(products.c.product_id, told).where(told.is_not(None), products.c.price.is_not(None))
    return {row.product_id: row.description for row in connection.execute(query)}


def product_description(connection: Connection, product_id: str) -> str | None:
    """Give what the shop tells of a product."""
    query = select(products.c.description).where(products.c.product_id == product_id)
    told: str | None = connection.execute(query).scalar_one_or_none()
    return told


def catalogue_version(connection: Connection) -> tuple[Any, ...]:
    """Give a value that changes whenever an import does; cheap, for caches of the catalogue."""
    row = connection.execute(select(func.max(import_runs.c.import_id), func.max(import_runs.c.finished_at))).one()
    return tuple(row)


def _row(row: Sequence[Any]) -> ProductRow:
    return ProductRow(*row)
