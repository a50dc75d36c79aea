"""EASE^R (Steck 2019), plain or on baskets that weigh less as they age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import linalg, sparse

from benchmarks.recommending.protocol import Asked, Floats, Known, Recommend, by_scores, rows_of


@dataclass(frozen=True, slots=True)
class Ease:
    """Item-item weights B that give a customer's row back from her other items: X ≈ X B with a diagonal of zero.

    With `half_life`, X holds the newest purchase of each product as 2^(-age / half_life) instead of 1, in learning and
    in asking. `penalty` is λ.
    """

    half_life: float = float("inf")
    penalty: float = 100.0

    @property
    def name(self) -> str:
        """Give the name in tables."""
        return "EASE" if self.half_life == float("inf") else f"EASE, decay {self.half_life:g} days"

    def fit(self, known: Known) -> Recommend:
        """Invert the item-item matrix: products² memory, products³ time."""
        rows = newest(known, self.half_life)
        weights = ease_weights(rows, self.penalty)

        def scores(asked: Sequence[Asked]) -> Floats:
            looked = np.repeat(np.arange(len(asked)), [len(wish.clicked) for wish in asked])
            clicked = np.array([product for wish in asked for product in wish.clicked], dtype=np.int64)
            context = sparse.csr_matrix(
                (np.ones(len(clicked), np.float32), (looked, clicked)), shape=(len(asked), known.shape[1])
            )
            return np.asarray((rows_of(rows, asked) + context) @ weights, dtype=np.float32)

        return by_scores(known, scores)


def newest(known: Known, half_life: float) -> Any:
    """Give CSR customers × products of 2^(-age / half_life) of the newest purchase."""
    if half_life == float("inf"):
        return known.bought
    order = np.argsort(known.purchases.age, kind="stable")
    pairs = known.purchases.customer[order].astype(np.int64) * known.shape[1] + known.purchases.product[order]
    _, first = np.unique(pairs, return_index=True)
    weight = np.exp2(-known.purchases.age[order][first] / half_life).astype(np.float32)
    return sparse.csr_matrix(
        (weight, (known.purchases.customer[order][first], known.purchases.product[order][first])), shape=known.shape
    )


def ease_weights(rows: Any, penalty: float) -> Floats:
    """Give B = I - P diag(1 / diag P) with P = (XᵀX + λI)⁻¹, its diagonal set to zero."""
    gram = (rows.T @ rows).toarray().astype(np.float32)
    gram[np.diag_indices_from(gram)] += penalty
    inverse = linalg.inv(gram, overwrite_a=True, check_finite=False)
    weights = -inverse / np.diag(inverse)[None, :]
    np.fill_diagonal(weights, 0.0)
    return np.asarray(weights, dtype=np.float32)
