"""The shop's own past as lessons: what was bought next at an earlier moment, among what would have been looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.purchases import Purchases
from analytics.recommendation.ranking.candidates import KINDS, Kind, candidates
from analytics.recommendation.ranking.features import features_of
from analytics.recommendation.ranking.knowledge import Knowledge
from analytics.recommendation.ranking.ledger import History, Ledger
from analytics.recommendation.ranking.sources import Evidence, weigh
from analytics.recommendation.ranking.targets import next_baskets

#: Candidates not bought that teach, of each list: more of them say little and cost as much.
NOT_BOUGHT = 60
#: Up to so many products the past is asked often; a wider range takes longer, and has more customers.
NARROW = 5_000
#: Days in which a next basket is waited for, at least.
LEAST_DAYS = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the past is asked.

    Attributes
    ----------
    horizon : days after a moment in which the next basket counts.
    moments : how many earlier moments are asked; step : days between them.
    customers : how many are asked at each moment at most, drawn with `seed`.
    afresh : whether relations are learnt for each moment, or once for the earliest: half of the work in a wide range.
    """

    horizon: float = 39.0
    moments: int = 6
    step: float = 14.0
    customers: int = 1_000
    seed: int = 0
    afresh: bool = True

    @classmethod
    def for_shop(cls, days: float, products: int, seed: int = 0) -> Plan | None:
        """Give the plan for a shop with so many days of orders; None where they are too few to ask of the past.

        At least half of them lie before every moment asked.
        """
        whole = cls(seed=seed) if products <= NARROW else cls(moments=3, customers=600, seed=seed, afresh=False)
        horizon = min(whole.horizon, days / 4)
        moments = int((days / 2 - horizon) // whole.step) + 1
        return replace(whole, horizon=horizon, moments=min(moments, whole.moments)) if horizon >= LEAST_DAYS else None

    @property
    def days_ago(self) -> list[float]:
        """Give the moments, the earliest first."""
        return [self.horizon + number * self.step for number in reversed(range(self.moments))]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Lesson:
    """One customer at one moment.

    Attributes
    ----------
    kind : what is asked for.
    products : (candidates,), positions among what can be ranked; features : (candidates × FEATURES).
    wanted : what she bought next of what is asked for, positions, -1 for each that could not be ranked.
    known_since : days ago at which her next basket was there to learn from.
    habit : (candidates,), what the best single source says: the baseline.
    """

    kind: Kind
    products: NDArray[np.int64]
    features: NDArray[np.float32]
    wanted: NDArray[np.int32]
    known_since: float
    habit: NDArray[np.float32]

    @property
    def hit(self) -> NDArray[np.bool_]:
        """Tell of each candidate whether it was bought."""
        return np.isin(self.products, self.wanted)


def lessons(
    ledger: Ledger, knowledge: Knowledge, purchases: Purchases, days_ago: float, plan: Plan
) -> Iterator[Lesson]:
    """Give the lessons of a moment: of each customer one of every kind.

    For lists of what else goes into a basket one product of it is shown, and the others are wanted; nothing else of
    her is told.

    Parameters
    ----------
    ledger, knowledge : of that moment. purchases : all, those after it too.
    """
    targets = next_baskets(purchases, days_ago, plan.horizon)
    asked = np.flatnonzero(np.diff(ledger.starts)[targets.customers] > 0)
    chance = np.random.default_rng((plan.seed, int(days_ago)))
    for place in np.sort(chance.permutation(asked)[: plan.customers]).tolist():
        customer = int(targets.customers[place])
        bought = knowledge.offered.position[targets.of(place)]
        evidence = weigh(knowledge, ledger.history(customer), knowledge.crowd.place(customer))
        for kind in KINDS:
            said, wanted = evidence, bought
            if kind == "new":
                wanted = bought[~np.isin(bought, evidence.taste.products)]
            elif kind == "first":
                looked_at = int(chance.choice(bought))
                if looked_at < 0:
                    continue
                said, wanted = weigh(knowledge, looking_at([looked_at])), bought[bought != looked_at]
            if len(wanted):
                yield _lesson(knowledge, said, kind, wanted, float(targets.age[place]))


def _lesson(knowledge: Knowledge, evidence: Evidence, kind: Kind, wanted: NDArray[np.int32], age: float) -> Lesson:
    chosen = candidates(evidence, kind)
    return Lesson(
        kind=kind,
        products=chosen,
        features=features_of(knowledge, evidence, chosen),
        wanted=wanted,
        known_since=age,
        habit=evidence.source("habit" if kind == "all" else "bought_too")[chosen],
    )


def looking_at(products: Sequence[int]) -> History:
    """Give the history of somebody of whom nothing is known but what she looks at now."""
    places = np.unique(np.array(products, np.int32))
    return History.of(places, np.zeros(len(places), np.float32), np.ones(len(places), np.float32))


def taught_by(lesson: Lesson, chance: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
    """Give (features, [bought, weight]) of all that was bought and some of the rest; None where nothing was.

    The rest weighs as much as if none had been left out, so that worth stays a chance.
    """
    hit = lesson.hit
    if not hit.any():
        return None
    others = np.flatnonzero(~hit)
    weight = max(len(others) / NOT_BOUGHT, 1.0)
    if len(others) > NOT_BOUGHT:
        others = chance.choice(others, NOT_BOUGHT, replace=False)
    kept = np.sort(np.concatenate([np.flatnonzero(hit), others]))
    truth = hit[kept].astype(np.float32)
    return lesson.features[kept], np.stack([truth, np.where(truth > 0, 1.0, weight).astype(np.float32)], axis=1)
