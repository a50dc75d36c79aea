"""Rapport's own recommender as the benchmark asks it, whole or without one of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analytics.recommendation.model import known_shopper, score
from analytics.recommendation.training import train
from benchmarks.recommending.plain import recent
from benchmarks.recommending.protocol import Asked, Floats, Known, Recommend, by_scores

#: Parts that can be left out, by their name on the command line and in keys.
ABLATIONS = ("neighbours",)


@dataclass(frozen=True, slots=True)
class Ours:
    """The next-basket model the shop is served with.

    `without` names parts that are left out, some of `ABLATIONS`.
    """

    without: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Give the name in tables."""
        return "Rapport" + "".join(f" without {part}" for part in sorted(self.without))

    def fit(self, known: Known) -> Recommend:
        """Train as the shop does; newcomers get what sold lately, what they named first."""
        model = train(known.purchases, known.on_sale, {})
        sold = recent(known, 30)

        def values(wish: Asked) -> Floats:
            named = np.isin(known.on_sale.categories, wish.likes)
            if wish.customer is None:
                return np.asarray(sold + 2.0 * (named & (sold > 0)), dtype=np.float32)
            shopper = known_shopper(model, wish.customer)
            if "neighbours" in self.without:
                shopper = replace(shopper, neighbours=shopper.neighbours[:0])
            return np.asarray(score(model, shopper).values + 1e-6 * sold, dtype=np.float32)

        def scores(asked: Sequence[Asked]) -> Floats:
            return np.stack([values(wish) for wish in asked])

        return by_scores(known, scores)
