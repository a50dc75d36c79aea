"""The strongest neighbours of each kind, in bytes: by who buys both, and by words where too few people do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.recommendation.device.shelf import LEAST_BUYERS

#: Neighbours told of each kind; levels of a weight, the strongest of each kind at the top one.
KEPT, LEVELS = 16, 127
#: Customers looked at, evenly chosen: more change nothing but the time it takes.
_MOST_CUSTOMERS = 40_000
#: Baskets added to those there are, so that rare kinds bought by the same few come not first.
_CAUTION = 5.0
#: Power of how often the neighbour is sold: what is shared by chance counts less, milk does not lie beside everything.
#: Of 0, ¼, ½ and ¾ these told most of first baskets after a click (`rapport bench recommend --part device`); a cosine
#: is over the half already.
_BUYERS_SOLD, _BASKETS_SOLD = 0.5, 0.25

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Neighbours:
    """Neighbours of each kind, strongest first; (kinds × `KEPT`).

    Attributes
    ----------
    places : uint16, number of the neighbour; weights : uint8, 2 × level (1..`LEVELS`) + 1 where customers bought both,
        + 0 where only the words are alike; 0 where there is no neighbour.
    """

    places: NDArray[np.uint16]
    weights: NDArray[np.uint8]


def nearest(
    counts: Any,
    baskets: Floats,
    factors: Floats,
    together: Floats | None = None,
    words: Floats | None = None,
) -> Neighbours:
    """Find the neighbours.

    Parameters
    ----------
    counts : CSR (customers × kinds), decayed number of baskets with it, > 0 where she ever bought it.
    baskets : (customers,), decayed number of all her baskets, > 0.
    factors : (kinds,), by what the worth of each is multiplied, >= 0.
    together : (kinds × kinds), cosine of the baskets they lie in; None: only who buys both is known.
    words : (kinds × kinds), how near they are by words, 0..1; None: nothing is known of words.
    """
    chosen = slice(None, None, -(-counts.shape[0] // _MOST_CUSTOMERS) or 1)
    counts, baskets = counts[chosen], baskets[chosen]
    near = _of_the_best(_without_self(_bought_too(counts, baskets)))
    if together is not None:
        near += _of_the_best(_without_self(together * _sold(counts) ** _BASKETS_SOLD))
    near[_common_buyers(counts) < LEAST_BUYERS] = 0
    near = _of_the_best(near * factors)
    by_purchases = near > 0
    if words is not None:
        near = np.where(by_purchases, near, BY_WORDS * _of_the_best(_without_self(words) * factors))
    return _packed(near, by_purchases)


#: The nearest by words alone counts as much as one this near by purchases.
BY_WORDS = 0.3


def _common_buyers(counts: Any) -> Floats:
    """Count how many customers bought both, of all pairs."""
    held = counts.copy()
    held.data[:] = 1
    return np.asarray((held.T @ held).toarray(), dtype=np.float32)


def _bought_too(counts: Any, baskets: Floats) -> Floats:
    """Give how often the other kind lies in the baskets of those who buy one, over a power of how often it is sold."""
    share = sparse.diags_array(1 / baskets) @ counts
    return np.asarray((counts.T @ share).toarray() / (_sold(counts) + _CAUTION) ** _BUYERS_SOLD, dtype=np.float32)


def _sold(counts: Any) -> Floats:
    return np.asarray(counts.sum(axis=0), dtype=np.float32).ravel()


def _without_self(matrix: Floats) -> Floats:
    copy = np.maximum(matrix, 0).astype(np.float32)
    np.fill_diagonal(copy, 0)
    return copy


def _of_the_best(near: Floats) -> Floats:
    """Give each row as a share of its largest value."""
    best = near.max(axis=1, keepdims=True, initial=0)
    return np.asarray(near / np.where(best > 0, best, 1), dtype=np.float32)


def _packed(near: Floats, together: NDArray[np.bool_]) -> Neighbours:
    kept = min(KEPT, near.shape[1])
    order = np.argsort(-near, axis=1, kind="stable")[:, :kept]
    levels = np.ceil(np.take_along_axis(near, order, axis=1) * LEVELS).astype(np.uint8)
    weights = 2 * levels + (np.take_along_axis(together, order, axis=1) & (levels > 0))
    places = np.zeros((len(near), KEPT), np.uint16)
    packed = np.zeros((len(near), KEPT), np.uint8)
    places[:, :kept], packed[:, :kept] = np.where(levels > 0, order, 0), weights
    return Neighbours(places=places, weights=packed)
