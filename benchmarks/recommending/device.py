"""What the export for browsers is worth to somebody of whom one click is known, beside what sells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.recommendation.device.neighbours import nearest
from analytics.recommendation.device.shelf import LEAST_BUYERS, MOST_KINDS
from analytics.recommendation.ranking.ledger import Ledger
from analytics.recommendation.ranking.relations import same_basket
from analytics.recommendation.training import decayed_counts
from benchmarks.parts import Part
from benchmarks.recommending import shops
from benchmarks.recommending.comparing import Tell, compare, fit_all
from benchmarks.recommending.ease import Ease
from benchmarks.recommending.plain import Popularity
from benchmarks.recommending.protocol import Asked, Floats, Known, Recommend, by_scores
from benchmarks.recommending.shops import journey_split
from benchmarks.recommending.tasks import first_click

_ONE_IN, _ONE_IN_QUICK = 1, 6


def measure(quick: bool, tell: Tell) -> list[Part]:
    """Show one product of the first basket after the cut, and ask for the rest of it.

    `device_…` with its gain over the best rival, and `device_counts_…`, the same of a shop that has taught no ranking:
    only who buys both is known.

    Raises
    ------
    FileNotFoundError
        The package that carries the data is not installed.
    """
    cut = journey_split(shops.complete_journey(_ONE_IN_QUICK if quick else _ONE_IN))
    task = first_click(cut)
    rivals = fit_all((Popularity(), Popularity(30), Ease()), cut.known, tell)
    return [
        compare("device_", task, cut.known, OnDevice().fit(cut.known), rivals),
        compare("device_counts_", task, cut.known, OnDevice(baskets=False).fit(cut.known), rivals),
    ]


@dataclass(frozen=True, slots=True)
class OnDevice:
    """The export and its scorer without the rule that no category takes more than a third of the list.

    `baskets` tells whether the relation by baskets is there.
    """

    baskets: bool = True

    @property
    def name(self) -> str:
        """Give the name in tables."""
        return "on the device" + ("" if self.baskets else ", counts alone")

    def fit(self, known: Known) -> Recommend:
        """Export as the shop does; every product of the range may be shown."""
        counts, baskets = decayed_counts(known.purchases, width=known.shape[1])
        buyers = np.bincount(counts.indices, minlength=known.shape[1])
        told = np.argsort(-buyers, kind="stable")[:MOST_KINDS]
        told = told[buyers[told] >= LEAST_BUYERS]
        place = np.full(known.shape[1], -1, np.int32)
        place[told] = np.arange(len(told), dtype=np.int32)
        together = None
        if self.baskets:
            rows = same_basket(Ledger.of(known.purchases, place, len(told)))
            together = np.zeros((len(told), len(told)), np.float32)
            together[np.repeat(np.arange(len(told)), np.diff(rows.starts)), rows.columns] = rows.values
        found = nearest(counts[:, told], baskets, np.ones(len(told), np.float32), together)

        def scores(asked: Sequence[Asked]) -> Floats:
            values = np.full((len(asked), known.shape[1]), -np.inf, np.float32)
            for row, wish in enumerate(asked):
                clicked = place[list(wish.clicked)]
                for one in clicked[clicked >= 0]:
                    levels = found.weights[one] >> 1
                    values[row, told[found.places[one][levels > 0]]] = levels[levels > 0]
            return values

        return by_scores(known, scores)
