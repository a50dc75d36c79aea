"""Which kinds of product a browser is told of: what sells, may be shown to anybody, and was bought by enough people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.products import kind_of
from analytics.recommendation.model import NextBasketModel
from analytics.recommendation.rules import Rules
from store.repositories.catalogue import ProductRow

#: Kinds told at most, those with most buyers; other products of a kind told at most, by which it is recognised.
MOST_KINDS, MOST_OTHERS = 2_000, 3
#: A product, a kind and a pair are told only where so many different customers bought them.
LEAST_BUYERS = 5


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Shelf:
    """The kinds a browser is told of, those with most buyers first.

    Attributes
    ----------
    rows : the product shown of each kind; others : ids of further products of it.
    counts : CSR (customers × kinds), decayed number of baskets with something of it, > 0 where she ever bought it.
    baskets : (customers,), decayed number of all her baskets, > 0.
    kind : (products of the model,), the number of its kind, -1 where the kind is not told.
    factors : (kinds,), by what the shop's rules multiply the worth of each.
    """

    rows: tuple[ProductRow, ...]
    others: tuple[tuple[str, ...], ...]
    counts: Any
    baskets: NDArray[np.float32]
    kind: NDArray[np.int32]
    factors: NDArray[np.float32]

    @property
    def buyers(self) -> NDArray[np.int64]:
        """Give how many different customers bought something of each kind."""
        return np.bincount(self.counts.indices, minlength=len(self.rows))


def shelf_of(model: NextBasketModel, rows: Iterable[ProductRow], rules: Rules) -> Shelf:
    """Choose what may be told.

    Parameters
    ----------
    rows : the catalogue. rules : the shop's; what is limited by age is shown to nobody here, for nobody's age is known.
    """
    members = _members(model, rows, rules)
    kind = np.full(len(model.products), -1, np.int32)
    for number, group in enumerate(members):
        kind[[place for place, _ in group]] = number
    counts = _counts(model, kind, len(members))
    buyers = np.bincount(counts.indices, minlength=len(members))
    best = np.argsort(-buyers, kind="stable")[:MOST_KINDS]
    renumbered = np.full(len(members) + 1, -1, np.int32)
    renumbered[best] = np.arange(len(best), dtype=np.int32)
    chosen = [[row for _, row in members[number]] for number in best.tolist()]
    return Shelf(
        rows=tuple(group[0] for group in chosen),
        others=tuple(tuple(row.product_id for row in group[1 : 1 + MOST_OTHERS]) for group in chosen),
        counts=counts[:, best],
        baskets=model.baskets,
        kind=renumbered[kind],
        factors=np.array([rules.factor(group[0]) for group in chosen], np.float32),
    )


def _members(model: NextBasketModel, rows: Iterable[ProductRow], rules: Rules) -> list[list[tuple[int, ProductRow]]]:
    """Give (position in the model, product) by kind, the most bought first."""
    kinds: dict[tuple[str, str], list[tuple[int, ProductRow]]] = {}
    for row in rows:
        place = model.product_position(row.product_id)
        if place is not None and model.buyers[place] >= LEAST_BUYERS and rules.allow(row, of_age=False):
            kinds.setdefault(kind_of(row), []).append((place, row))
    for group in kinds.values():
        group.sort(key=lambda one: (-int(model.buyers[one[0]]), one[1].product_id))
    return list(kinds.values())


def _counts(model: NextBasketModel, kind: NDArray[np.int32], width: int) -> Any:
    """Add the products of each kind up."""
    told = np.flatnonzero(kind >= 0)
    ones = np.ones(len(told), np.float32)
    into = sparse.csr_matrix((ones, (told, kind[told])), shape=(len(kind), width), dtype=np.float32)
    return (model.counts @ into).tocsr()
