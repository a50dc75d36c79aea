"""Rapport's own recommender as the benchmark asks it, whole or without one of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from analytics.recommendation.hearing import UNHEARD, Words
from analytics.recommendation.model import known_shopper, score
from analytics.recommendation.ranking.candidates import Kind
from analytics.recommendation.ranking.features import FEATURES
from analytics.recommendation.ranking.ledger import Ledger
from analytics.recommendation.ranking.lessons import Plan, looking_at
from analytics.recommendation.ranking.ranker import Ranked, Ranker
from analytics.recommendation.ranking.teaching import Taught, teach
from analytics.recommendation.training import train
from benchmarks.recommending.heeding import heeding
from benchmarks.recommending.plain import TIE, recent
from benchmarks.recommending.protocol import Asked, Floats, Known, Recommend, by_scores, forbidden

BLEND = "blend"
#: Sources that are left out with each part, by how the names of their features begin.
_SOURCES: Mapping[str, tuple[str, ...]] = {
    "content": ("alike",),
    "neighbours": ("crowd", "lately", "just_now", "habit", "neighbours", "nearness"),
}
#: Products that stand for a category a newcomer names; chosen on the cut of 1 September 2011.
_BEST = 5
#: Parts that can be left out. What is said in conversations is left out by not telling it (`Asked.likes`).
ABLATIONS = (*_SOURCES, BLEND)

Worth = Callable[[Asked], Floats]
#: Gives the ranking for a wish; None for a newcomer who told nothing.
Rank = Callable[[Asked], Ranked | None]


def _nobody(_step: str, _done: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Ours:
    """The learned ranking, and where a shop has too little past for it the next-basket model, as the shop is served.

    Attributes
    ----------
    without : parts that are left out, some of `ABLATIONS`; without the blend a list is ordered by its best single
        source.
    moments : asks the past so often at most; None: as often as the shop does.
    """

    without: frozenset[str] = frozenset()
    moments: int | None = None
    told: Callable[[str, float], None] = field(default=_nobody, compare=False)

    @property
    def name(self) -> str:
        """Give the name in tables."""
        return "Rapport" + "".join(f" without {part}" for part in sorted(self.without))

    def fit(self, known: Known) -> Recommend:
        """Learn as the shop does; what words are worth is not known yet."""
        return serving(known, self.taught(known), UNHEARD)

    def taught(self, known: Known) -> Taught | None:
        """Teach the ranking; None where the shop has too little past."""
        plan = Plan.for_shop(float(known.purchases.age.max(initial=0.0)), known.shape[1])
        if plan is None:
            return None
        if self.moments is not None:
            plan = replace(plan, moments=min(plan.moments, self.moments))
        left_out = features_of(self.without)
        taught = teach(known.purchases, known.on_sale, plan, self.told, left_out=left_out, measure=False)
        if BLEND in self.without:
            return Taught(knowledge=taught.knowledge, trees={})
        return taught if taught.serves_customers else None


def serving(known: Known, taught: Taught | None, words: Words) -> Recommend:
    """Serve what was taught.

    Parameters
    ----------
    words : what words of taste are worth.
    """
    worth = _by_habits(known) if taught is None else _by_ranking(known, taught)

    def scores(asked: Sequence[Asked]) -> Floats:
        return np.stack([_heard(known, wish, worth(wish), taught, words) for wish in asked])

    return by_scores(known, scores)


def _heard(known: Known, wish: Asked, worth: Floats, taught: Taught | None, words: Words) -> Floats:
    """Heed what she said; what a newcomer named is in the ranking already where one was taught."""
    told = wish if taught is None or wish.customer is not None else replace(wish, likes=())
    return heeding(known, told, worth, words)


def features_of(parts: Iterable[str]) -> list[str]:
    """Give the features of the trees that come from parts of ours."""
    begin = tuple(word for part in parts for word in _SOURCES.get(part, ()))
    return [name for name in FEATURES if name.startswith(begin)]


def _by_ranking(known: Known, taught: Taught) -> Worth:
    """Rank by what was taught; a newcomer by what she looked at, or as if she had bought the best of what she named."""
    sold = recent(known, 30)
    rank = ranking(known, taught, sold)

    def worth(wish: Asked) -> Floats:
        ranked = rank(wish)
        if ranked is None:
            return sold.copy()
        values = float(ranked.worth.min(initial=0.0)) - 2.0 + sold / (sold.max(initial=0.0) + 1.0)
        values[ranked.products] = ranked.worth
        return np.asarray(values, dtype=np.float32)

    return worth


def ranking(known: Known, taught: Taught, sold: Floats) -> Rank:
    """Ask what was taught as the shop does.

    Parameters
    ----------
    sold : how much of each product was sold of late.
    """
    offered, crowd = taught.knowledge.offered, taught.knowledge.crowd
    ledger = Ledger.of(known.purchases, offered.position, len(offered))

    def rank(wish: Asked) -> Ranked | None:
        if wish.customer is None:
            hints = [*wish.clicked, *_best_of(known, wish.likes, sold)]
            if not hints:
                return None
            places = offered.position[hints]
            history, member = looking_at(places[places >= 0].tolist()), None
        else:
            history, member = ledger.history(wish.customer), crowd.place(wish.customer)
        barred = np.zeros(len(offered), dtype=bool)
        places = offered.position[forbidden(known, wish)]
        barred[places[places >= 0]] = True
        kind: Kind = "first" if wish.clicked else "new" if wish.new_only else "all"
        return Ranker(taught, history, member).rank(kind, barred=barred)

    return rank


def _best_of(known: Known, categories: Iterable[int], sold: Floats) -> list[int]:
    """Give what sold best lately of each category."""
    found = []
    for category in categories:
        members = np.flatnonzero(known.on_sale.categories == category)
        found += members[np.argsort(-sold[members], kind="stable")][:_BEST].tolist()
    return found


def _by_habits(known: Known) -> Worth:
    model, sold = train(known.purchases, known.on_sale, {}), recent(known, 30)

    def worth(wish: Asked) -> Floats:
        if wish.customer is None:
            return sold.copy()
        values = score(model, known_shopper(model, wish.customer)).values + TIE * sold
        return np.asarray(values, dtype=np.float32)

    return worth
