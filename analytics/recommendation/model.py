"""The next-basket model: what a customer bought lately, completed by what customers like her buy.

    score(product) = (own + PRIOR_BASKETS * share of the neighbours) / (own baskets + PRIOR_BASKETS)

`own` counts her baskets with the product and `own baskets` all of them, each halved every `HALF_LIFE_DAYS`; the
neighbours' share is the mean of the same ratio over her nearest customers. So the neighbours speak as loud as
`PRIOR_BASKETS` baskets would: they decide for a newcomer and only break ties for a regular (TIFU-kNN with the weight
of the evidence made explicit).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.recommendation.hearing import UNHEARD, Words
from analytics.recommendation.ranking.teaching import Taught

#: Chosen on the demonstration shop (cut on 1 November): 60 to 150 days differ by less than 0.002 of nDCG@10.
HALF_LIFE_DAYS = 90.0
#: 4 to 16 differ by less than 0.003.
PRIOR_BASKETS = 8.0


@dataclass(frozen=True, eq=False, kw_only=True)
class NextBasketModel:
    """The trained model. `customers` and `products` are sorted; other arrays refer to them by position.

    Attributes
    ----------
    counts : CSR (customers × products), decayed number of baskets with the product, float32.
    baskets : (customers,), decayed number of all baskets, > 0.
    lengths : (customers,), Euclidean length of each row of `counts`.
    neighbours : (customers × k), positions of the nearest customers, nearest first, -1 where there are fewer.
    groups, categories : (products,), products of one group read the same (`kind_of`).
    buyers, recent : (products,), distinct customers who ever bought it, and in the last 30 days.
    segments : ids of the segments; favourites : CSR (segments × products), share of its customers who bought the
        product in the last 90 days.
    """

    customers: NDArray[np.str_]
    products: NDArray[np.str_]
    counts: Any
    baskets: NDArray[np.float32]
    lengths: NDArray[np.float32]
    neighbours: NDArray[np.int32]
    groups: NDArray[np.int32]
    categories: NDArray[np.int32]
    buyers: NDArray[np.int32]
    recent: NDArray[np.int32]
    segments: NDArray[np.int32]
    favourites: Any
    #: What words of taste are worth.
    words: Words = UNHEARD
    #: The learned ranking; None where the shop has too little past to learn from.
    taught: Taught | None = None

    def customer_position(self, customer_id: str) -> int | None:
        """Give the position of a customer; None for one the model has not seen."""
        return position(self.customers, customer_id)

    def product_position(self, product_id: str) -> int | None:
        """Give the position of a product; None for one that was not on sale."""
        return self._places.get(product_id)

    @cached_property
    def _places(self) -> dict[str, int]:
        """The position of every product: each list asks for all that she ever bought."""
        return {product_id: place for place, product_id in enumerate(self.products.tolist())}

    def segment_favourites(self, segment_id: int | None) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Give (products, share of the segment's customers), highest share first; empty for an unknown segment."""
        rows = np.flatnonzero(self.segments == (-1 if segment_id is None else segment_id))
        if len(rows) == 0:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        row = self.favourites[rows[0]]
        order = np.argsort(-row.data, kind="stable")
        return row.indices[order], row.data[order]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Shopper:
    """One customer as the model sees her: products bought, decayed baskets with each and of all, neighbours."""

    products: NDArray[np.int32]
    counts: NDArray[np.float32]
    baskets: float
    neighbours: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Scores:
    """Dense arrays over the products: score 0..1, and how many of the `asked` neighbours ever bought each."""

    values: NDArray[np.float32]
    bought_by: NDArray[np.int64]
    asked: int


def position(sorted_ids: NDArray[np.str_], wanted: str) -> int | None:
    """Find an id in a sorted array; None where it is absent."""
    index = int(np.searchsorted(sorted_ids, wanted))
    return index if index < len(sorted_ids) and sorted_ids[index] == wanted else None


def known_shopper(model: NextBasketModel, row: int) -> Shopper:
    """Give a customer of the training data."""
    start, end = model.counts.indptr[row], model.counts.indptr[row + 1]
    neighbours = model.neighbours[row]
    return Shopper(
        products=model.counts.indices[start:end],
        counts=model.counts.data[start:end],
        baskets=float(model.baskets[row]),
        neighbours=neighbours[neighbours >= 0],
    )


def new_shopper(model: NextBasketModel, bought: dict[int, float], baskets: float) -> Shopper:
    """Give a customer the training did not see, from her own purchases.

    Parameters
    ----------
    bought : decayed number of baskets by position of the product.
    baskets : decayed number of all her baskets, >= 0.
    """
    products = np.array(sorted(bought), dtype=np.int32)
    counts = np.array([bought[index] for index in products.tolist()], dtype=np.float32)
    vector = np.zeros(len(model.products), dtype=np.float32)
    vector[products] = counts
    likeness = (model.counts @ vector) / np.maximum(model.lengths, 1e-9)
    nearest = np.argsort(-likeness, kind="stable")[: model.neighbours.shape[1]].astype(np.int32)
    return Shopper(products=products, counts=counts, baskets=baskets, neighbours=nearest[likeness[nearest] > 0])


def score(model: NextBasketModel, shopper: Shopper) -> Scores:
    """Score every product for a customer; see the module's formula."""
    width = len(model.products)
    rows = shopper.neighbours
    bought = model.counts[rows] if len(rows) else sparse.csr_matrix((0, width), dtype=np.float32)
    share = bought.data / np.repeat(model.baskets[rows], np.diff(bought.indptr))
    values = np.bincount(bought.indices, weights=share, minlength=width) * (PRIOR_BASKETS / max(len(rows), 1))
    values[shopper.products] += shopper.counts
    return Scores(
        values=(values / (shopper.baskets + PRIOR_BASKETS)).astype(np.float32),
        bought_by=np.bincount(bought.indices, minlength=width),
        asked=len(rows),
    )
