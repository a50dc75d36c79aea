"""TIFU-kNN (Hu et al. 2020): what she buys with two decays, blended with what her nearest customers buy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benchmarks.recommending.plain import TIE, recent
from benchmarks.recommending.protocol import Asked, Floats, Known, Recommend, by_scores, customers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Tifu:
    """The model of the paper.

    Attributes
    ----------
    group : baskets of one group (m), counted from the newest; the oldest group may hold fewer.
    within, between : decay from a basket to the one before it in its group, and from a group to the one before it.
    neighbours : k, by Euclidean distance; `own` is α, the share of her own vector.
    """

    label: str
    group: int
    within: float
    between: float
    neighbours: int
    own: float

    @property
    def name(self) -> str:
        """Give the name in tables."""
        return f"TIFU-kNN {self.label}"

    def fit(self, known: Known) -> Recommend:
        """Make everybody's vector."""
        vectors = self.vectors(known)
        lengths = (vectors**2).sum(axis=1)
        sold = TIE * recent(known, 30)

        def scores(asked: Sequence[Asked]) -> Floats:
            places = customers_of(asked)
            mine = np.where(places[:, None] >= 0, vectors[np.maximum(places, 0)], 0.0).astype(np.float32)
            distance = lengths[None, :] - 2.0 * mine @ vectors.T
            distance[np.flatnonzero(places >= 0), places[places >= 0]] = np.inf  # nobody is her own neighbour
            k = min(self.neighbours, len(vectors) - 1)
            near = np.argpartition(distance, k, axis=1)[:, :k]
            chosen = sparse.csr_matrix(
                (np.full(near.size, 1.0 / k, np.float32), (np.repeat(np.arange(len(asked)), k), near.ravel())),
                shape=(len(asked), len(vectors)),
            )
            return np.asarray(self.own * mine + (1 - self.own) * (chosen @ vectors) + sold, dtype=np.float32)

        return by_scores(known, scores)

    def vectors(self, known: Known) -> Floats:
        """Give customers × products: the mean over groups of the mean over their baskets, both decayed."""
        purchases = known.purchases
        newer, baskets = baskets_after(purchases.customer, purchases.basket, purchases.age)
        group, place = newer // self.group, newer % self.group
        groups = -(-baskets // self.group)
        held = np.minimum(self.group, baskets - group * self.group)
        weight = self.within**place / held * self.between**group / groups
        vectors = sparse.csr_matrix(
            (weight, (purchases.customer, purchases.product)), shape=known.shape, dtype=np.float32
        )
        return np.asarray(vectors.toarray())


def baskets_after(
    customer: NDArray[np.int32], basket: NDArray[np.int32], age: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give for each entry how many newer baskets its customer has, and how many in all."""
    _, first, place = np.unique(basket, return_index=True, return_inverse=True)
    owner, old = customer[first], age[first]
    order = np.lexsort((first, old, owner))
    count = np.bincount(owner)
    starts = np.cumsum(count) - count
    rank = np.empty(len(first), dtype=np.int64)
    rank[order] = np.arange(len(first)) - starts[owner[order]]
    return rank[place], count[owner][place].astype(np.int64)
