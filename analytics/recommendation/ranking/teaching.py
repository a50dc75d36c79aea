"""Teaching the trees, and measuring on the latest past what those taught on the earlier one would have been worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.purchases import Purchases, Range
from analytics.recommendation.ranking.candidates import KINDS, Kind
from analytics.recommendation.ranking.factors import fit_factors
from analytics.recommendation.ranking.knowledge import Assortment, FitFactors, Knowledge, learn
from analytics.recommendation.ranking.ledger import Ledger
from analytics.recommendation.ranking.lessons import Lesson, Plan, lessons, taught_by
from analytics.recommendation.ranking.measuring import measured
from analytics.recommendation.ranking.relations import nearest_texts
from analytics.recommendation.ranking.rows import Rows
from analytics.recommendation.ranking.trees import Trees, fit_trees

#: Lists it takes to teach anything.
LEAST_LISTS = 100

Example = tuple[NDArray[np.float32], NDArray[np.float32]]
#: By kind of list: (days ago at which it could be learnt, example).
Teachers = dict[Kind, list[tuple[float, Example]]]
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Taught:
    """What ranks: knowledge of today, and the trees by kind of list; a kind is absent where the past is too short.

    `metrics` : {"recommender": …, "habit": …, "popular": …} on the latest past, each {"ndcg", "recall", "hit", …}; of
    lists of another kind than "all" with its name behind.
    """

    knowledge: Knowledge
    trees: dict[Kind, Trees]
    metrics: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def serves_customers(self) -> bool:
        """Whether the lists of customers can be ranked; those of newcomers need not be."""
        return {"all", "new"} <= self.trees.keys()


def teach(
    purchases: Purchases,
    on_sale: Range,
    plan: Plan,
    progress: Progress,
    *,
    left_out: Sequence[str] = (),
    factors: FitFactors = fit_factors,
    measure: bool = True,
) -> Taught:
    """Learn everything that ranks from the purchases of a shop.

    Parameters
    ----------
    progress : told the step and how much of the whole is done, 0..1.
    left_out : features that are not to be used: an ablation.
    factors : how products are factorised.
    measure : whether the latest past is used to measure before it teaches too.
    """
    offered = Assortment.of(purchases, on_sale)
    alike = words_of(on_sale, offered)
    teachers: Teachers = {kind: [] for kind in KINDS}
    exam: list[Lesson] = []
    knowledge: Knowledge | None = None
    for number, days_ago in enumerate(plan.days_ago):
        progress(f"Asking what was bought next {days_ago:.0f} days ago", 0.8 * number / plan.moments)
        ledger = Ledger.of(purchases.as_of(days_ago), offered.position, len(offered))
        earlier = None if plan.afresh else knowledge
        knowledge = learn(ledger, offered, alike, factors=factors, earlier=earlier)
        chance = np.random.default_rng((plan.seed, number))
        for lesson in lessons(ledger, knowledge, purchases, days_ago, plan):
            example = taught_by(lesson, chance)
            if example is not None:
                teachers[lesson.kind].append((lesson.known_since, example))
            if measure and days_ago == plan.horizon and len(lesson.wanted):
                exam.append(lesson)
    progress("Learning what to show first", 0.8)
    metrics = _metrics(exam, teachers, plan, left_out, len(offered)) if measure else {}
    today = Ledger.of(purchases, offered.position, len(offered))
    return Taught(
        knowledge=learn(today, offered, alike, factors=factors),
        trees=_fitted({kind: [one for _, one in some] for kind, some in teachers.items()}, left_out),
        metrics=metrics,
    )


def words_of(on_sale: Range, offered: Assortment) -> Rows:
    """Relate the products by what they are called, and by what else is told of them."""
    places = offered.products.tolist()
    texts = [""] * len(offered) if on_sale.texts is None else [on_sale.texts[place] for place in places]
    return nearest_texts(texts, on_sale.prose and [on_sale.prose[place] for place in places])


def _fitted(examples: Mapping[Kind, Sequence[Example]], left_out: Sequence[str]) -> dict[Kind, Trees]:
    return {kind: fit_trees(some, left_out) for kind, some in examples.items() if len(some) >= LEAST_LISTS}


def _metrics(
    exam: Sequence[Lesson], teachers: Teachers, plan: Plan, left_out: Sequence[str], width: int
) -> dict[str, dict[str, float]]:
    """Measure trees that were taught by baskets from before the latest moment on what came after it."""
    earlier = {
        kind: [example for known_since, example in some if known_since > plan.horizon]
        for kind, some in teachers.items()
    }
    found: dict[str, dict[str, float]] = {}
    for kind, trees in _fitted(earlier, left_out).items():
        ending = "" if kind == "all" else f"_{kind}"
        asked = [lesson for lesson in exam if lesson.kind == kind]
        if asked:
            found |= {f"{name}{ending}": figures for name, figures in measured(asked, trees, width).items()}
    return found
