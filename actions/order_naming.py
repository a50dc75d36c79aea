"""Which products a change of an order means: those in the order by their own words, others by the shop's catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from actions.items_reading import Edit
from actions.order_reading import name_words, products_in
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.records import Order, Product

#: Finds a product of the catalogue by what she calls it.
Finder = Callable[[str], Product | None]
_LOOKED_AT = 8
_MOST_OF_ONE = 99


@dataclass(frozen=True, slots=True)
class Linked:
    """Quantities products shall have; names not sold here, and names not in the order."""

    changes: tuple[tuple[str, int], ...]
    unknown: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def linked(edits: Sequence[Edit], order: Order, before: Sequence[tuple[str, int]], find: Finder) -> Linked:
    """Turn what she wants into quantities.

    Parameters
    ----------
    before : quantities she asked for earlier, on which "one more" builds.
    find : looks in the catalogue for what the order does not have.
    """
    ordered = quantities(order)
    wanted = dict(before)
    taken: dict[str, int] = {}
    unknown: list[str] = []
    absent: list[str] = []
    for edit in edits:
        product_id = _meant(edit, order, find)
        if product_id is None:
            (absent if edit.wish == "remove" else unknown).append(edit.name)
            continue
        has = wanted.get(product_id, ordered.get(product_id, 0))
        count = edit.quantity or taken.get(edit.instead_of) or 1
        if edit.wish == "remove":
            left = max(has - edit.quantity, 0) if edit.quantity else 0
            taken[edit.name] = has - left
            wanted[product_id] = left
        else:
            wanted[product_id] = min(count if edit.wish == "set" else has + count, _MOST_OF_ONE)
    return Linked(tuple(wanted.items()), tuple(unknown), tuple(absent))


def finder(turn: Turn, analytics: Analytics, categories: frozenset[str] | None = None) -> Finder:
    """Make a finder for a turn; with `categories` only what belongs to one of them is found."""

    def find(name: str) -> Product | None:
        found = analytics.search_products(name, customer_id=turn.customer_id, limit=_LOOKED_AT)
        fitting = [product for product in found if categories is None or product.category in categories]
        said = name_words(name)
        whole = [product for product in fitting if said <= _words(product)]
        if whole or categories is None:
            return next(iter(whole), None)
        return next(iter(fitting), None)

    return find


def quantities(order: Order) -> dict[str, int]:
    """Give how many of each product an order has."""
    counted: dict[str, int] = {}
    for line in order.lines:
        counted[line.product.product_id] = counted.get(line.product.product_id, 0) + line.quantity
    return counted


def _meant(edit: Edit, order: Order, find: Finder) -> str | None:
    said = name_words(edit.name)
    exact = [line.product.product_id for line in order.lines if said and said <= _words(line.product)]
    if len(set(exact)) == 1:
        return exact[0]
    if edit.wish == "remove":
        named = products_in(edit.name, order)
        return named[0] if len(set(named)) == 1 else None
    found = find(edit.name)
    if found is not None:
        return found.product_id
    near = products_in(edit.name, order) if edit.wish == "set" else ()
    return near[0] if len(set(near)) == 1 else None


def _words(product: Product) -> set[str]:
    return name_words(f"{product.name} {product.category} {product.brand or ''}")
