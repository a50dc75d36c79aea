"""Rapport's own recommender as the benchmark asks it, whole or without one of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analytics.recommendation.model import NextBasketModel, known_shopper, score
from analytics.recommendation.training import train
from benchmarks.recommending.plain import TIE, recent
from benchmarks.recommending.protocol import Asked, Floats, K, Known, Recommend, by_scores, forbidden

#: Parts that can be left out. What is said in conversations is measured on a simulated shop, for no public set has it.
ABLATIONS = ("neighbours",)
CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True)
class Ours:
    """The next-basket model the shop is served with.

    `without` names parts that are left out, some of `ABLATIONS` and `CONVERSATION`.
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

        def scores(asked: Sequence[Asked]) -> Floats:
            return np.stack([self._of(known, wish, self._worth(model, wish, sold)) for wish in asked])

        return by_scores(known, scores)

    def _worth(self, model: NextBasketModel, wish: Asked, sold: Floats) -> Floats:
        if wish.customer is None:
            return sold.copy()
        shopper = known_shopper(model, wish.customer)
        if "neighbours" in self.without:
            shopper = replace(shopper, neighbours=shopper.neighbours[:0])
        return np.asarray(score(model, shopper).values + TIE * sold, dtype=np.float32)

    def _of(self, known: Known, wish: Asked, worth: Floats) -> Floats:
        if CONVERSATION in self.without:
            return worth
        return heeding(known, wish, worth)


def heeding(known: Known, wish: Asked, worth: Floats) -> Floats:
    """Heed what she said as the shop does: nothing she dislikes, and something of what she likes.

    A newcomer's answers count before anything else; a known customer's likes bring their best product to the first
    place where none of the first ten is one (`analytics.recommendation.liking`).
    """
    disliked, liked = (np.isin(known.on_sale.categories, named) for named in (wish.dislikes, wish.likes))
    worth[disliked] = -np.inf
    worth[forbidden(known, wish)] = -np.inf
    fits = np.flatnonzero(liked & (worth > 0))
    if len(fits) == 0:
        return worth
    if wish.customer is None:
        worth[fits] += 2 * worth.max()
        return worth
    best = np.argpartition(-worth, min(K, len(worth) - 1))[:K]
    if not liked[best].any():
        worth[fits[np.argmax(worth[fits])]] = 2 * worth.max()
    return worth
