"""Plain models: what sells, what she buys, and fusing the ranks of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.recommendation.training import popularity
from benchmarks.recommending.decay import decayed
from benchmarks.recommending.protocol import Asked, Floats, Known, Recommend, Recommender, by_scores, rows_of

#: Ties (products she never bought) are broken by what sold lately; too small to change an order that is none.
TIE = 1e-6
#: Of reciprocal rank fusion, as its paper has it (Cormack et al. 2009).
_RANKS_FROM = 60


@dataclass(frozen=True, slots=True)
class Popularity:
    """What most customers bought in the last `days` days, the same for everybody."""

    days: float = float("inf")

    @property
    def name(self) -> str:
        """Give the name in tables."""
        return "popularity" if self.days == float("inf") else f"popularity {self.days:g} days"

    def fit(self, known: Known) -> Recommend:
        """Count once."""
        sold = popularity(known.purchases, self.days, width=known.shape[1]).astype(np.float32)
        return by_scores(known, lambda asked: np.tile(sold, (len(asked), 1)))


@dataclass(frozen=True, slots=True)
class PopularityOfLikes:
    """What sold lately, the named categories first; an item-to-item model would need a history."""

    days: float = 30

    @property
    def name(self) -> str:
        """Give the name in tables."""
        return f"popularity {self.days:g} days, named category first"

    def fit(self, known: Known) -> Recommend:
        """Count once."""
        sold = recent(known, self.days)

        def scores(asked: Sequence[Asked]) -> Floats:
            named = np.stack([np.isin(known.on_sale.categories, wish.likes) for wish in asked])
            return (sold + 2.0 * (named & (sold > 0))).astype(np.float32)

        return by_scores(known, scores)


@dataclass(frozen=True, slots=True)
class PersonalFrequency:
    """How often she bought it, a purchase `half_life` days old counting half; then what sold lately."""

    half_life: float = float("inf")

    @property
    def name(self) -> str:
        """Give the name in tables."""
        return "personal frequency" + ("" if self.half_life == float("inf") else f", decay {self.half_life:g} days")

    def fit(self, known: Known) -> Recommend:
        """Count once."""
        counts, sold = decayed(known, self.half_life), recent(known, 30)
        return by_scores(known, lambda asked: rows_of(counts, asked).toarray() + TIE * sold)


@dataclass(frozen=True)
class RankFusion:
    """Reciprocal rank fusion: the sum of 1 / (60 + rank) over the lists of several models."""

    members: tuple[Recommender, ...]
    depth: int = 100

    @property
    def name(self) -> str:
        """Give the name in tables."""
        return f"rank fusion of {len(self.members)}"

    def fit(self, known: Known) -> Recommend:
        """Fit all members."""
        fitted = [member.fit(known) for member in self.members]

        def scores(asked: Sequence[Asked]) -> Floats:
            fused = np.zeros((len(asked), known.shape[1]), dtype=np.float32)
            for recommend in fitted:
                for row, ranked in enumerate(recommend(asked, self.depth)):
                    fused[row, ranked] += 1.0 / (_RANKS_FROM + 1 + np.arange(len(ranked), dtype=np.float32))
            return fused

        return by_scores(known, scores)


def recent(known: Known, days: float) -> Floats:
    """Give the distinct buyers of each product lately, 0..1."""
    sold = popularity(known.purchases, days, width=known.shape[1]).astype(np.float32)
    return sold / max(float(sold.max()), 1.0)
