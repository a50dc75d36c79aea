"""The range by kinds of product: what a customer takes for the same thing counts as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analytics.products import kind_of
from store.repositories.catalogue import ProductRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Products of one category and name, whatever their size; `members` are ids, the most sold first."""

    category: str
    name: str
    members: tuple[str, ...]
    #: Order lines they appear in, over the whole history.
    sold: int


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """All kinds, and each product's place among them."""

    listed: tuple[Kind, ...]
    place: dict[str, int]
    #: All orders of the shop.
    orders: int

    @classmethod
    def of(cls, rows: Iterable[ProductRow], orders: int) -> Kinds:
        """Sort a catalogue into kinds."""
        same: dict[tuple[str, str], list[ProductRow]] = {}
        for row in rows:
            same.setdefault(kind_of(row), []).append(row)
        listed, place = [], {}
        for number, ((category, name), members) in enumerate(same.items()):
            members.sort(key=lambda row: (-row.times_sold, row.product_id))
            ids = tuple(row.product_id for row in members)
            listed.append(Kind(category=category, name=name, members=ids, sold=sum(row.times_sold for row in members)))
            place.update(dict.fromkeys(ids, number))
        return cls(tuple(listed), place, orders)
