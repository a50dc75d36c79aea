"""Matrix factorisation by the library `implicit`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from benchmarks.recommending.decay import decayed
from benchmarks.recommending.protocol import Asked, Floats, Known, Recommend, by_scores, customers_of

_SEED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """ALS or BPR of `implicit`, on how often each customer bought each product.

    `settings` are the library's own; ALS is given 1 + ln(times) as confidence, BPR knows only bought or not.
    """

    method: Literal["ALS", "BPR"]
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Give the name in tables."""
        return f"implicit {self.method}"

    def fit(self, known: Known) -> Recommend:
        """Train on one thread, seeded."""
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the library warns otherwise
        from implicit.als import AlternatingLeastSquares  # noqa: PLC0415  (development only)
        from implicit.bpr import BayesianPersonalizedRanking  # noqa: PLC0415

        kind = AlternatingLeastSquares if self.method == "ALS" else BayesianPersonalizedRanking
        model = kind(random_state=_SEED, num_threads=1, **self.settings)
        model.fit(known.bought if self.method == "BPR" else _confidence(known), show_progress=False)
        users, items = np.asarray(model.user_factors), np.asarray(model.item_factors)

        def scores(asked: Sequence[Asked]) -> Floats:
            return np.asarray(users[np.maximum(customers_of(asked), 0)] @ items.T, dtype=np.float32)

        return by_scores(known, scores)


def _confidence(known: Known) -> Any:
    counts = decayed(known, float("inf"))
    counts.data = 1.0 + np.log(counts.data)
    return counts
