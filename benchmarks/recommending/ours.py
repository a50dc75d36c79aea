"""Rapport's own recommender as the benchmark asks it, whole or without one of its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from analytics.recommendation.model import known_shopper, score
from analytics.recommendation.training import train
from benchmarks.recommending.heeding import heeding
from benchmarks.recommending.plain import TIE, recent
from benchmarks.recommending.protocol import Asked, Floats, Known, Recommend, by_scores

#: Parts that can be left out. What is said in conversations is left out by not telling it (`Asked.likes`).
ABLATIONS = ("neighbours",)


def _nobody(_step: str, _done: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Ours:
    """The next-basket model the shop is served with.

    Attributes
    ----------
    without : parts that are left out, some of `ABLATIONS`.
    told : hears what is being learnt, and which share of the whole is done.
    """

    without: frozenset[str] = frozenset()
    told: Callable[[str, float], None] = field(default=_nobody, compare=False)

    @property
    def name(self) -> str:
        """Give the name in tables."""
        return "Rapport" + "".join(f" without {part}" for part in sorted(self.without))

    def fit(self, known: Known) -> Recommend:
        """Train as the shop does; newcomers get what sold lately, what they named first."""
        self.told("learning habits", 0.0)
        model, sold = train(known.purchases, known.on_sale, {}), recent(known, 30)

        def worth(wish: Asked) -> Floats:
            if wish.customer is None:
                return sold.copy()
            shopper = known_shopper(model, wish.customer)
            if "neighbours" in self.without:
                shopper = replace(shopper, neighbours=shopper.neighbours[:0])
            return np.asarray(score(model, shopper).values + TIE * sold, dtype=np.float32)

        def scores(asked: Sequence[Asked]) -> Floats:
            return np.stack([heeding(known, wish, worth(wish)) for wish in asked])

        return by_scores(known, scores)
