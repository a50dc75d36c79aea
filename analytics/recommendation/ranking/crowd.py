"""The other customers: who buys like her, and what they bought, on the whole and of late."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.recommendation.ranking.ledger import Ledger
from analytics.recommendation.ranking.rows import Rows, strongest
from analytics.recommendation.ranking.taste import Taste, basket_weights, largest

#: Neighbours asked (TIFU-kNN), and customers among whom they are looked for: those seen last.
NEIGHBOURS, CROWD = 300, 20_000
#: Products that stand for a customer: those of the largest weight.
STRONGEST = 120
#: Days of what neighbours bought of late, and just now.
LATELY, JUST_NOW = 30.0, 10.0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Crowd:
    """Customers as their TIFU vectors.

    Attributes
    ----------
    vectors : (members × products); by_product : the same, turned. squares : (members,), squared lengths.
    lately, just_now : (members × products), 1 for what a member bought in the last `LATELY`, `JUST_NOW` days.
    members : (members,), customers of the ledger.
    """

    vectors: Rows
    by_product: Rows
    squares: NDArray[np.float32]
    lately: Rows
    just_now: Rows
    members: NDArray[np.int32]

    def place(self, customer: int) -> int | None:
        """Give the place of a customer of the ledger among the members; None where she is not of them."""
        at = int(np.searchsorted(self.members, customer))
        return at if at < len(self.members) and self.members[at] == customer else None


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The nearest members and how alike they are, 0..1 (cosine)."""

    rows: NDArray[np.int64]
    likeness: NDArray[np.float32]


def crowd_of(ledger: Ledger) -> Crowd:
    """Take the customers seen last."""
    members = ledger.seen_last(CROWD)
    place = np.full(ledger.customers, -1, np.int32)
    place[members] = np.arange(len(members), dtype=np.int32)
    rows = place[ledger.customer]
    inside = rows >= 0
    shape = (len(members), ledger.width)
    weight = _weights(ledger)
    whole = sparse.csr_matrix((weight[inside], (rows[inside], ledger.product[inside])), shape=shape)
    whole.sum_duplicates()
    kept = strongest(whole, STRONGEST)
    vectors = sparse.csr_matrix((kept.values, kept.columns, kept.starts), shape=shape)
    bought = rows[inside].astype(np.int64) * ledger.width + ledger.product[inside]
    age = ledger.age[inside]
    return Crowd(
        vectors=kept,
        by_product=Rows.of(vectors.T),
        squares=np.asarray(vectors.multiply(vectors).sum(axis=1), np.float32).ravel(),
        lately=_bought_once(bought[age < LATELY], shape),
        just_now=_bought_once(bought[age < JUST_NOW], shape),
        members=members,
    )


def _bought_once(pairs: NDArray[np.int64], shape: tuple[int, int]) -> Rows:
    """Give the pairs (member * products + product) as a matrix of ones."""
    unique = np.unique(pairs)
    ones = np.ones(len(unique), np.float32)
    return Rows.of(sparse.csr_matrix((ones, (unique // shape[1], unique % shape[1])), shape=shape))


def _weights(ledger: Ledger) -> NDArray[np.float32]:
    """Give the TIFU weight of every line by its basket."""
    numbers = np.unique(ledger.baskets)
    tables = [basket_weights(baskets) for baskets in numbers.tolist() if baskets > 0]
    begins = np.zeros(int(numbers.max(initial=0)) + 1, np.int64)
    begins[[len(table) for table in tables]] = np.cumsum([0, *(len(table) for table in tables)])[:-1]
    weights = np.concatenate([np.empty(0, np.float32), *tables])
    return np.asarray(weights[begins[ledger.baskets[ledger.customer]] + ledger.basket])


def nearest(crowd: Crowd, taste: Taste, besides: int | None = None) -> Neighbours:
    """Find the members whose vectors lie nearest (Euclidean, as in TIFU-kNN) among those who share a product with her.

    Parameters
    ----------
    besides : a member who is she herself.
    """
    if len(taste.products) == 0 or len(crowd.members) == 0:
        return Neighbours(np.empty(0, np.int64), np.empty(0, np.float32))
    lead = largest(taste.weight, STRONGEST)
    shared = crowd.by_product.combined(taste.products[lead], taste.weight[lead])
    if besides is not None:
        shared[besides] = 0.0
    some = np.flatnonzero(shared > 0)
    distance = crowd.squares[some] - 2 * shared[some]
    if len(some) > NEIGHBOURS:
        chosen = np.argpartition(distance, NEIGHBOURS)[:NEIGHBOURS]
        some = some[chosen]
    own = float(np.sqrt(np.sum(taste.weight**2)))
    likeness = shared[some] / np.maximum(np.sqrt(crowd.squares[some]) * own, 1e-9)
    return Neighbours(some, likeness.astype(np.float32))
