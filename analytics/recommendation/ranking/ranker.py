"""One customer before what was taught: her list, best first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.ranking.candidates import Kind, candidates
from analytics.recommendation.ranking.features import features_of
from analytics.recommendation.ranking.leaning import leaned
from analytics.recommendation.ranking.ledger import History
from analytics.recommendation.ranking.links import Link, strongest_link
from analytics.recommendation.ranking.sources import Evidence, weigh
from analytics.recommendation.ranking.teaching import Taught


@dataclass(frozen=True, eq=False)
class Ranked:
    """Products of the range, best first, with their worth 0..1: the chance of being bought (`leaning.py`)."""

    products: NDArray[np.int32]
    worth: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.products)

    def entries(self, length: int | None = None) -> list[tuple[int, float]]:
        """Give (product, worth) of the first `length`."""
        return list(zip(self.products[:length].tolist(), self.worth[:length].tolist(), strict=True))


class Ranker:
    """Ranks for one customer with what was taught; asked for several lists it weighs the sources once.

    Parameters
    ----------
    history : what she bought, positions among what can be ranked.
    member : her place in the crowd, where she is in it.
    """

    def __init__(self, taught: Taught, history: History, member: int | None = None) -> None:
        self._taught = taught
        self._history = history
        self._member = member

    @cached_property
    def evidence(self) -> Evidence:
        """Give what every source says."""
        return weigh(self._taught.knowledge, self._history, self._member)

    def rank(self, kind: Kind = "all", *, barred: NDArray[np.bool_] | None = None) -> Ranked:
        """Give the candidates, best first.

        Parameters
        ----------
        kind : anything, only what she has not bought, or what else somebody may want who looks at her `history` now.
        barred : (products,), true for what must not come up.
        """
        taught, evidence = self._taught, self.evidence
        chosen = candidates(evidence, kind, barred=barred)
        trees = taught.trees.get(kind)
        if trees is None:
            worth = evidence.source("habit" if kind == "all" else "bought_too")[chosen].astype(np.float64)
        else:
            features = features_of(taught.knowledge, evidence, chosen)
            worth = leaned(kind, trees.score(features), features)
        order = np.lexsort((chosen, -worth))
        return Ranked(taught.knowledge.offered.products[chosen[order]], worth[order].astype(np.float32))

    def link(self, product: int) -> tuple[int, Link] | None:
        """Give (a product of the range that she buys, how its buyers lead to another one); None without such a link.

        Parameters
        ----------
        product : position in the range.
        """
        offered = self._taught.knowledge.offered
        place = int(offered.position[product])
        found = None if place < 0 else strongest_link(self._taught.knowledge, self.evidence, place)
        return None if found is None else (int(offered.products[found.product]), found)
