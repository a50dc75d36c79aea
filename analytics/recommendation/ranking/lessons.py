"""The shop's own past as lessons: what was bought next at an earlier moment, among what would have been looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.purchases import Purchases
from analytics.recommendation.ranking.candidates import Kind, candidates
from analytics.recommendation.ranking.features import features_of
from analytics.recommendation.ranking.knowledge import Knowledge
from analytics.recommendation.ranking.ledger import History, Ledger
from analytics.recommendation.ranking.sources import Evidence, weigh
from analytics.recommendation.ranking.targets import next_baskets

#: Candidates not bought that teach, of each list: with twice as many the trees are no better, with twice as many lists
#: they are.
NOT_BOUGHT = 30
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
    customers: int = 2_000
    seed: int = 0
    afresh: bool = True

    @classmethod
    def for_shop(cls, days: float, products: int, seed: int = 0) -> Plan | None:
        """Give the plan for a shop with so many days of orders; None where they are too few to ask of the past.

        At least half of them lie before every moment asked.
        """
        whole = cls(seed=seed) if products <= NARROW else cls(moments=3, customers=1_200, seed=seed, afresh=False)
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
    truth : (candidates,), how much of her next baskets held it, 0..1: what teaches. One basket says little of what is
        new to somebody who seldom takes anything new.
    wanted : what her very next basket held of what is asked for, positions, -1 for each that could not be ranked: what
        lists are measured by.
    known_since : days ago at which her next baskets were there to learn from.
    habit : (candidates,), what the best single source says: the baseline.
    """

    kind: Kind
    products: NDArray[np.int64]
    features: NDArray[np.float32]
    truth: NDArray[np.float32]
    wanted: NDArray[np.int32]
    known_since: float
    habit: NDArray[np.float32]


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
        products, share = targets.soon(place)
        soon = _Next(knowledge.offered.position[targets.of(place)], knowledge.offered.position[products], share)
        evidence = weigh(knowledge, ledger.history(customer), knowledge.crowd.place(customer))
        yield _lesson(knowledge, evidence, "all", soon, float(targets.until[place]))
        new = soon.without(evidence.taste.products)
        if len(new.products):
            yield _lesson(knowledge, evidence, "new", new, float(targets.until[place]))
        looked_at = int(chance.choice(soon.wanted))
        with_it = soon.wanted[soon.wanted != looked_at]
        if looked_at >= 0 and len(with_it):
            said = weigh(knowledge, looking_at([looked_at]))
            here = _Next(with_it, with_it, np.ones(len(with_it), np.float32))
            yield _lesson(knowledge, said, "first", here, float(targets.age[place]))


@dataclass(frozen=True, slots=True, eq=False)
class _Next:
    """What her next basket held, and what her next baskets held with the share of each, as positions."""

    wanted: NDArray[np.int32]
    products: NDArray[np.int32]
    share: NDArray[np.float32]

    def without(self, known: NDArray[np.int32]) -> _Next:
        """Leave out what she knew."""
        new = ~np.isin(self.products, known)
        return _Next(self.wanted[~np.isin(self.wanted, known)], self.products[new], self.share[new])


def _lesson(knowledge: Knowledge, evidence: Evidence, kind: Kind, soon: _Next, known_since: float) -> Lesson:
    chosen = candidates(evidence, kind)
    truth = np.zeros(len(knowledge.offered), np.float32)
    ranked = soon.products >= 0
    truth[soon.products[ranked]] = soon.share[ranked]
    return Lesson(
        kind=kind,
        products=chosen,
        features=features_of(knowledge, evidence, chosen),
        truth=truth[chosen],
        wanted=soon.wanted,
        known_since=known_since,
        habit=evidence.source("habit" if kind == "all" else "bought_too")[chosen],
    )


def looking_at(products: Sequence[int]) -> History:
    """Give the history of somebody of whom nothing is known but what she looks at now."""
    places = np.unique(np.array(products, np.int32))
    return History.of(places, np.zeros(len(places), np.float32), np.ones(len(places), np.float32))


def taught_by(lesson: Lesson, chance: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
    """Give (features, [truth, weight]) of all that was bought and some of the rest; None where nothing was.

    The rest weighs as much as if none had been left out, so that worth stays a chance.
    """
    hit = lesson.truth > 0
    if not hit.any():
        return None
    others = np.flatnonzero(~hit)
    weight = max(len(others) / NOT_BOUGHT, 1.0)
    if len(others) > NOT_BOUGHT:
        others = chance.choice(others, NOT_BOUGHT, replace=False)
    kept = np.sort(np.concatenate([np.flatnonzero(hit), others]))
    truth = lesson.truth[kept]
    return lesson.features[kept], np.stack([truth, np.where(truth > 0, 1.0, weight).astype(np.float32)], axis=1)
