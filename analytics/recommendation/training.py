"""Building the next-basket model from purchases. Deterministic: the same purchases give the same model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.fading import faded
from analytics.recommendation.hearing import UNHEARD, Words
from analytics.recommendation.model import HALF_LIFE_DAYS, NextBasketModel
from analytics.recommendation.peaks import least_of_best
from analytics.recommendation.purchases import Purchases, Range, seen_last
from analytics.recommendation.ranking.teaching import Taught

#: Neighbours kept of each customer, and customers among whom they are looked for: those seen last.
NEIGHBOURS, CROWD = 100, 20_000
POPULAR_DAYS = 30
FAVOURITE_DAYS = 90
#: A segment's favourites are bought this many times as often as by all customers.
FAVOURITE_LIFT = 1.2
#: Favourites kept per segment: a list of three needs no more, also after exclusions.
FAVOURITES_KEPT = 200
#: Similarities held at once (float32): 32 MiB, whatever the number of customers.
_BLOCK_ENTRIES = 8_000_000
#: Stripes a row is cut into for each neighbour that is looked for.
_STRIPES = 4


def train(
    purchases: Purchases,
    on_sale: Range,
    segment_of: Mapping[str, int],
    taught: Taught | None = None,
    words: Words = UNHEARD,
) -> NextBasketModel:
    """Build the model.

    Parameters
    ----------
    purchases : positions in `on_sale`; customers without a purchase get no row of their own counts but stay listed.
    segment_of : segment by customer id, as far as known.
    taught : the learned ranking, where there is one.
    words : what words of taste are worth.
    """
    counts, baskets = decayed_counts(purchases, width=len(on_sale.products))
    segments, favourites = _segment_favourites(purchases, segment_of, width=len(on_sale.products))
    return NextBasketModel(
        customers=purchases.customers,
        products=on_sale.products,
        counts=counts,
        baskets=baskets,
        lengths=row_lengths(counts),
        neighbours=nearest_customers(counts, NEIGHBOURS, seen_last(purchases.customer, purchases.age, CROWD)),
        groups=on_sale.groups,
        categories=on_sale.categories,
        buyers=np.bincount(counts.indices, minlength=len(on_sale.products)).astype(np.int32),
        recent=popularity(purchases, POPULAR_DAYS, width=len(on_sale.products)),
        segments=segments,
        favourites=favourites,
        taught=taught,
        words=words,
    )


def decayed_counts(purchases: Purchases, *, width: int) -> tuple[Any, NDArray[np.float32]]:
    """Give (CSR customers × products, customers): decayed baskets with each product, and of all.

    A basket `HALF_LIFE_DAYS` old counts half as much as one of today.
    """
    height = len(purchases.customers)
    weight = faded(purchases.age, HALF_LIFE_DAYS)
    counts = sparse.csr_matrix(
        (weight, (purchases.customer, purchases.product)), shape=(height, width), dtype=np.float32
    )
    _, first = np.unique(purchases.basket, return_index=True)
    baskets = np.bincount(purchases.customer[first], weights=weight[first], minlength=height)
    return counts, np.maximum(baskets, np.finfo(np.float32).tiny).astype(np.float32)


def row_lengths(counts: Any) -> NDArray[np.float32]:
    """Give the Euclidean length of each row."""
    squares = np.asarray(counts.multiply(counts).sum(axis=1), dtype=np.float32).ravel()
    return np.sqrt(squares)


def nearest_customers(counts: Any, k: int, among: NDArray[np.int32]) -> NDArray[np.int32]:
    """Give the k of `among` most similar to each customer (cosine), nearest first, -1 where fewer share a product."""
    height, width = counts.shape[0], len(among)
    unit = sparse.diags_array(1.0 / np.maximum(row_lengths(counts), 1e-9)).astype(np.float32) @ counts
    transposed = unit[among].T.tocsr()
    column = np.full(height, -1, np.int32)
    column[among] = np.arange(width, dtype=np.int32)
    block = max(1, _BLOCK_ENTRIES // max(width, 1))
    nearest = np.full((height, k), -1, dtype=np.int32)
    for start in range(0, height, block):
        likeness = (unit[start : start + block] @ transposed).toarray()
        own = column[start : start + block]
        rows = np.flatnonzero(own >= 0)
        likeness[rows, own[rows]] = 0.0  # nobody is her own neighbour
        found = _largest(likeness, k)
        nearest[start : start + block, : found.shape[1]] = np.where(found >= 0, among[found], -1)
    return nearest


def _largest(likeness: NDArray[np.float32], k: int) -> NDArray[np.int32]:
    """Give the positions of the k largest of each row in descending order, -1 for those not above zero."""
    height, width = likeness.shape
    k = min(k, width)
    if k == 0:
        return np.empty((height, 0), np.int32)
    least = least_of_best(likeness, k, max(width // (_STRIPES * k), 1))
    row, at = np.nonzero(likeness >= np.maximum(least, np.finfo(np.float32).tiny)[:, None])
    order = np.lexsort((at, -likeness[row, at], row))
    place = np.arange(len(row)) - np.searchsorted(row, np.arange(height))[row]
    kept = place < k
    chosen = np.full((height, k), -1, np.int32)
    chosen[row[kept], place[kept]] = at[order][kept]
    return chosen


def popularity(purchases: Purchases, days: float, *, width: int) -> NDArray[np.int32]:
    """Give how many distinct customers bought each product in the last `days` days."""
    recent = purchases.age < days
    pairs = np.unique(purchases.customer[recent].astype(np.int64) * width + purchases.product[recent])
    return np.bincount(pairs % width, minlength=width).astype(np.int32)


def _segment_favourites(
    purchases: Purchases, segment_of: Mapping[str, int], *, width: int
) -> tuple[NDArray[np.int32], Any]:
    of_customer = np.array([segment_of.get(str(name), -1) for name in purchases.customers], dtype=np.int32)
    segments = np.unique(of_customer[of_customer >= 0])
    of_all = popularity(purchases, FAVOURITE_DAYS, width=width) / max(len(purchases.customers), 1)
    rows = []
    for segment in segments.tolist():
        inside = of_customer[purchases.customer] == segment
        members = Purchases(
            customers=purchases.customers,
            customer=purchases.customer[inside],
            product=purchases.product[inside],
            basket=purchases.basket[inside],
            age=purchases.age[inside],
        )
        share = popularity(members, FAVOURITE_DAYS, width=width) / np.sum(of_customer == segment)
        share[share < FAVOURITE_LIFT * of_all] = 0.0
        top = np.argsort(-share, kind="stable")[:FAVOURITES_KEPT]
        top = np.sort(top[share[top] > 0])
        rows.append(sparse.csr_matrix((share[top], (np.zeros(len(top), int), top)), shape=(1, width), dtype=np.float32))
    stacked = sparse.vstack(rows, format="csr") if rows else sparse.csr_matrix((0, width), dtype=np.float32)
    return segments.astype(np.int32), stacked
