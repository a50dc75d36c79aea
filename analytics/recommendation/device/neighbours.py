"""The strongest neighbours of each kind, in bytes: by who buys both, and by words where too few people do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.device.shelf import LEAST_BUYERS

#: Neighbours told of each kind; levels of a weight, the strongest of each kind at the top one.
KEPT, LEVELS = 16, 127
#: Customers looked at, evenly chosen: more change nothing but the time it takes.
_MOST_CUSTOMERS = 40_000
#: Buyers added to those there are, so that two rare kinds bought by the same five come not first.
_CAUTION = 3.0

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


def nearest(held: Any, factors: Floats, bought: Floats | None = None, words: Floats | None = None) -> Neighbours:
    """Find the neighbours.

    Parameters
    ----------
    held : CSR (customers × kinds), 1 where she bought it.
    factors : (kinds,), by what the worth of each is multiplied, >= 0.
    bought : (kinds × kinds), how near two kinds are by purchases; None: the cosine of their buyers.
    words : (kinds × kinds), how near they are by words, 0..1; None: nothing is known of words.
    """
    common = _common_buyers(held)
    near = _cosine(common) if bought is None else np.maximum(bought, 0)
    near = np.where(common >= LEAST_BUYERS, near, 0).astype(np.float32)
    np.fill_diagonal(near, 0)
    near = _of_the_best(near * factors)
    together = near > 0
    if words is not None:
        near = np.where(together, near, BY_WORDS * _of_the_best(_without_self(words) * factors))
    return _packed(near, together)


#: The nearest by words alone counts as much as one this near by purchases.
BY_WORDS = 0.3


def _common_buyers(held: Any) -> Floats:
    """Count how many customers bought both, of all pairs; of a sample where there are very many customers."""
    step = -(-held.shape[0] // _MOST_CUSTOMERS) or 1
    chosen = held[::step]
    return np.asarray((chosen.T @ chosen).toarray(), dtype=np.float32)


def _cosine(common: Floats) -> Floats:
    length = np.sqrt(common.diagonal() + _CAUTION)
    return np.asarray(common / length[:, None] / length[None, :], dtype=np.float32)


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
