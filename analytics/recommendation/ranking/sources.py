"""The sources: each gives every product a score for one customer; none of them is right alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.ranking.crowd import Neighbours, nearest
from analytics.recommendation.ranking.knowledge import Knowledge
from analytics.recommendation.ranking.ledger import History
from analytics.recommendation.ranking.linear import worth_before
from analytics.recommendation.ranking.rows import Picked
from analytics.recommendation.ranking.taste import LEADING, Taste, largest, taste_of

Floats = NDArray[np.float32]

#: Share of her own habits beside those of her neighbours (TIFU-kNN's alpha).
OWN_SHARE = 0.7
#: Likeness to the third power decides whose latest purchases count.
_SHARPNESS = 3
#: Relations whose single links count beside their sum.
LINKED = ("bought_too", "alike", "same_basket")
SOURCES = (
    "habit", "own", "crowd", "lately", "bought_too", "bought_too_now", "same_basket", "same_basket_now", "follows",
    "alike", "alike_now", "recent", "rising", "just_now", "factors",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Evidence:
    """Scores by source (sources × products), with the habits and the neighbours they come from.

    Attributes
    ----------
    links : by name of a relation what it says of the products that stand for her.
    """

    scores: Floats
    taste: Taste
    neighbours: Neighbours
    links: Mapping[str, Picked]

    def source(self, name: str) -> Floats:
        """Give the scores of one source, (products,)."""
        return np.asarray(self.scores[SOURCES.index(name)])


def weigh(knowledge: Knowledge, history: History, member: int | None = None) -> Evidence:
    """Ask every source about one customer.

    Parameters
    ----------
    member : her place in the crowd, where she is in it: she is not her own neighbour.
    """
    taste = taste_of(history)
    near = nearest(knowledge.crowd, taste, member)
    links = {name: getattr(knowledge.relations, name).entries(taste.products[taste.leading]) for name in LINKED}
    scores = np.empty((len(SOURCES), len(knowledge.offered)), np.float32)  # each source fills its row
    of = dict(zip(SOURCES, scores, strict=True))
    _by_crowd(of, knowledge, taste, near)
    _by_relations(of, knowledge, taste, links)
    of["follows"][:] = _follows(knowledge, history)
    of["factors"][:] = knowledge.factors.scores(taste)
    of["recent"][:] = knowledge.trends.buyers[:, 1]
    of["rising"][:] = knowledge.rising
    return Evidence(scores=scores, taste=taste, neighbours=near, links=links)


def _by_crowd(of: dict[str, Floats], knowledge: Knowledge, taste: Taste, near: Neighbours) -> None:
    crowd = knowledge.crowd
    even = np.full(len(near.rows), 1 / max(len(near.rows), 1), np.float32)
    sharp = near.likeness**_SHARPNESS
    sharp /= max(float(sharp.sum()), 1e-9)
    of["crowd"][:] = crowd.vectors.combined(near.rows, even)
    of["lately"][:] = crowd.lately.combined(near.rows, sharp)
    of["just_now"][:] = crowd.just_now.combined(near.rows, sharp)
    of["own"][:] = 0.0
    of["own"][taste.products] = taste.weight
    np.multiply(of["crowd"], np.float32(1 - OWN_SHARE), out=of["habit"])
    of["habit"][taste.products] += np.float32(OWN_SHARE) * taste.weight


def _by_relations(of: dict[str, Floats], knowledge: Knowledge, taste: Taste, links: Mapping[str, Picked]) -> None:
    relations, worth = knowledge.relations, taste.middle[taste.leading]
    latest = taste.products[taste.skipped == 0][:LEADING]
    evenly = np.full(len(latest), 1 / max(len(latest), 1), np.float32)
    of["bought_too"][:] = relations.bought_too.added(links["bought_too"], np.sqrt(worth))
    of["bought_too_now"][:] = relations.bought_too.added(links["bought_too"], taste.fast[taste.leading])
    of["same_basket"][:] = relations.same_basket.added(links["same_basket"], worth)
    of["same_basket_now"][:] = relations.same_basket.combined(latest, evenly)
    of["alike"][:] = relations.alike.added(links["alike"], worth)
    of["alike_now"][:] = relations.alike.combined(latest, evenly)


def _follows(knowledge: Knowledge, history: History) -> NDArray[np.float64]:
    products, worth = worth_before(history, -1.0)
    lead = largest(worth, 2 * LEADING)
    return knowledge.relations.follows.combined(products[lead], worth[lead])
