"""Product search for one customer: what fits the words, what she buys and what sells decide in this order."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from analytics.catalogue.index import CatalogueIndex
from analytics.catalogue.query import Concept, read_query
from analytics.catalogue.synonyms import Synonyms
from analytics.products import product_record
from analytics.records import PriceWish, Product
from analytics.snapshot import CHECK_EVERY, Snapshot
from store.engine import Database
from store.repositories.catalogue import ProductRow, catalogue_version, priced_products, products_by_id
from store.repositories.orders import purchase_moments

#: Entries looked at per product asked for, and products of each: enough where many are out of stock.
_ENTRIES_A_RESULT, _MEMBERS = 6, 5
#: Where the price decides, entries looked at, and how well one must fit beside the best: the cheapest coffee is no
#: coffee filter.
_PRICED_ENTRIES, _FITS_WELL = 400, 0.85
#: What she bought before counts as if it fitted so much better.
_OWN_BONUS = 1.25


class ProductSearch:
    """Holds the index of the catalogue and renews it after an import; shared by all threads."""

    def __init__(self, database: Database, synonyms: Synonyms, *, check_every: float = CHECK_EVERY) -> None:
        self._synonyms = synonyms
        self._index: Snapshot[CatalogueIndex] = Snapshot(
            database,
            version=catalogue_version,
            build=lambda connection: CatalogueIndex(priced_products(connection)),
            check_every=check_every,
        )

    def load(self) -> CatalogueIndex:
        """Give the index, building it where the catalogue has changed."""
        return self._index.get()

    def search(
        self,
        connection: Connection,
        text: str,
        *,
        customer_id: str | None,
        limit: int,
        price: PriceWish | None = None,
    ) -> list[Product]:
        """Find up to `limit` products, best first, in stock before out of stock, other sizes of the same at the end."""
        index = self._index.get()
        concepts = read_query(text, self._synonyms)
        if price is not None:
            return _at_price(connection, index, concepts, price, limit)
        ranked = index.rank(concepts, max(limit, 0) * _ENTRIES_A_RESULT)
        if not ranked:
            return []
        ids = [name for entry, _ in ranked for name in index.members[entry]]
        own = {} if customer_id is None else purchase_moments(connection, customer_id, ids)
        shown = {entry: _best_first(index.members[entry], own)[:_MEMBERS] for entry, _ in ranked}
        rows = products_by_id(connection, {name for names in shown.values() for name in names})
        found: list[tuple[float, tuple[str, str], ProductRow]] = []
        for entry, score in ranked:
            members = [rows[name] for name in shown[entry] if name in rows]
            if members:
                row = next((row for row in members if row.in_stock), members[0])
                found.append((score * (_OWN_BONUS if row.product_id in own else 1.0), index.kinds[entry], row))
        found.sort(key=lambda one: (not one[2].in_stock, -one[0], one[2].product_id))
        return [product_record(row) for row in _varied([(kind, row) for _, kind, row in found], limit)]


def _at_price(
    connection: Connection, index: CatalogueIndex, concepts: Sequence[Concept], price: PriceWish, limit: int
) -> list[Product]:
    """Find what fits well, is in stock and costs what she wants, the cheapest or dearest first where she says so."""
    ranked = index.rank(concepts, _PRICED_ENTRIES, _PRICED_ENTRIES)
    fitting = [(entry, score) for entry, score in ranked if score >= _FITS_WELL * ranked[0][1]]
    rows = products_by_id(connection, {name for entry, _ in fitting for name in index.members[entry]})
    found = [
        (score, index.kinds[entry], row)
        for entry, score in fitting
        for row in (rows[name] for name in index.members[entry] if name in rows)
        if row.in_stock and price.allows(row.price)
    ]
    if price.order is None:
        found.sort(key=lambda one: (-one[0], one[2].price, one[2].product_id))
        return [product_record(row) for row in _varied([(kind, row) for _, kind, row in found], limit)]
    turned = -1.0 if price.order == "dearest" else 1.0
    found.sort(key=lambda one: (turned * (one[2].price or 0.0), -one[0], one[2].product_id))
    one_of_each: dict[tuple[tuple[str, str], str | None], ProductRow] = {}
    for _, kind, row in found:
        one_of_each.setdefault((kind, row.size), row)
    return [product_record(row) for row in one_of_each.values()][:limit]


def _varied(ranked: list[tuple[tuple[str, str], ProductRow]], limit: int) -> list[ProductRow]:
    """Take the best of each kind first, then, while there is room, other sizes; never two that read the same."""
    kinds: set[tuple[str, str]] = set()
    sizes: set[tuple[tuple[str, str], str | None]] = set()
    first: list[ProductRow] = []
    others: list[ProductRow] = []
    for kind, row in ranked:
        if (kind, row.size) not in sizes:
            (others if kind in kinds else first).append(row)
        kinds.add(kind)
        sizes.add((kind, row.size))
    return [*first, *others][:limit]


def _best_first(members: tuple[str, ...], own: Collection[str]) -> list[str]:
    """Put what she bought before the rest, which stays in order of sales."""
    return sorted(members, key=lambda name: name not in own)
