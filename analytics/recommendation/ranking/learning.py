"""Teaching the trees: the shop's own past is asked "who bought what next?" at several earlier moments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.purchases import Purchases, Range
from analytics.recommendation.ranking.candidates import candidates
from analytics.recommendation.ranking.features import features_of
from analytics.recommendation.ranking.knowledge import Assortment, Knowledge, learn
from analytics.recommendation.ranking.ledger import Ledger
from analytics.recommendation.ranking.relations import nearest_texts
from analytics.recommendation.ranking.rows import Rows
from analytics.recommendation.ranking.sources import weigh
from analytics.recommendation.ranking.targets import next_baskets
from analytics.recommendation.ranking.trees import Trees, fit_trees

#: Candidates not bought that a list keeps: more of them teach little and cost as much.
NOT_BOUGHT = 80
#: Lists it takes to teach anything.
LEAST_LISTS = 200

Example = tuple[NDArray[np.float32], NDArray[np.bool_]]
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the past is asked.

    Attributes
    ----------
    horizon : days after a moment in which the next basket counts.
    moments : how many earlier moments are asked; step : days between them.
    customers : how many are asked at each moment at most, drawn with `seed`.
    """

    horizon: float = 28.0
    moments: int = 3
    step: float = 14.0
    customers: int = 1_000
    seed: int = 0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Taught:
    """What ranks: knowledge of today, and the trees for lists of all products and of new ones; None: too little past."""

    knowledge: Knowledge
    all: Trees | None
    new: Trees | None


def teach(
    purchases: Purchases, on_sale: Range, plan: Plan, progress: Progress, left_out: Sequence[str] = ()
) -> Taught:
    """Learn everything that ranks from the purchases of a shop.

    Parameters
    ----------
    progress : told the step and how much of the whole is done, 0..1.
    left_out : features that are not to be used: an ablation.
    """
    offered = Assortment.of(purchases, on_sale)
    alike = words_of(on_sale, offered)
    examples: dict[bool, list[Example]] = {False: [], True: []}
    for number in range(plan.moments):
        days_ago = plan.horizon + number * plan.step
        progress(f"Asking what was bought next {days_ago:.0f} days ago", 0.8 * number / plan.moments)
        ledger = Ledger.of(purchases.as_of(days_ago), offered.position, len(offered))
        for new, example in lessons(ledger, learn(ledger, offered, alike), purchases, days_ago, plan):
            examples[new].append(example)
    progress("Learning in which order", 0.8)
    today = learn(Ledger.of(purchases, offered.position, len(offered)), offered, alike)
    trees = {new: fit_trees(some, left_out) if len(some) >= LEAST_LISTS else None for new, some in examples.items()}
    return Taught(knowledge=today, all=trees[False], new=trees[True])


def words_of(on_sale: Range, offered: Assortment) -> Rows:
    """Relate the products by what they are called."""
    texts = [""] * len(offered) if on_sale.texts is None else [on_sale.texts[place] for place in offered.products]
    return nearest_texts(texts)


def lessons(
    ledger: Ledger, knowledge: Knowledge, purchases: Purchases, days_ago: float, plan: Plan
) -> Iterator[tuple[bool, Example]]:
    """Give what customers bought next after a moment among what would have been shown, as (only new ones?, example).

    Parameters
    ----------
    ledger, knowledge : of that moment.
    """
    chance = np.random.default_rng((plan.seed, int(days_ago)))
    targets = next_baskets(purchases, days_ago, plan.horizon)
    asked = np.flatnonzero(np.diff(ledger.starts)[targets.customers] > 0)
    for place in chance.permutation(asked)[: plan.customers].tolist():
        customer = int(targets.customers[place])
        evidence = weigh(knowledge, ledger.history(customer), knowledge.crowd.place(customer))
        bought = knowledge.offered.position[targets.of(place)]
        for new in (False, True):
            chosen = candidates(evidence, new=new)
            hit = np.isin(chosen, bought)
            if hit.any():
                kept = _some(hit, chance)
                yield new, (features_of(knowledge, evidence, chosen)[kept], hit[kept])


def _some(hit: NDArray[np.bool_], chance: np.random.Generator) -> NDArray[np.int64]:
    """Keep all that were bought and some of the others."""
    others = np.flatnonzero(~hit)
    if len(others) > NOT_BOUGHT:
        others = chance.choice(others, NOT_BOUGHT, replace=False)
    return np.sort(np.concatenate([np.flatnonzero(hit), others]))
