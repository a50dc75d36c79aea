"""How well lists meet what was bought next, beside the best single source and what sells most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.gains import relative_gain
from analytics.evaluation.metrics import hit_at, ndcg_at, recall_at
from analytics.recommendation.ranking.features import FEATURES
from analytics.recommendation.ranking.leaning import leaned
from analytics.recommendation.ranking.lessons import Lesson
from analytics.recommendation.ranking.trees import Trees

K = 10
_RECENT = FEATURES.index("recent")


def measured(asked: Sequence[Lesson], trees: Trees, width: int) -> dict[str, dict[str, float]]:
    """Give means over the customers of nDCG@10, recall@10 and hit@10: of ours, of habit, of what sells of late.

    `coverage` is the share of the `width` products that can be ranked that stood in any list; of each other way
    `beaten_low` and `beaten_high` bound by how much ours is better in nDCG, in 95 % of resamples of the customers.
    """
    scorers: dict[str, Callable[[Lesson], NDArray[Any]]] = {
        "recommender": lambda lesson: leaned(lesson.kind, trees.score(lesson.features), lesson.features),
        "habit": lambda lesson: lesson.habit,
        "popular": lambda lesson: lesson.features[:, _RECENT],
    }
    each = {name: _each(asked, scorer, width) for name, scorer in scorers.items()}
    ours, figures = each.pop("recommender")
    return {"recommender": figures} | {name: of | _beaten(ours, ndcg) for name, (ndcg, of) in each.items()}


def _beaten(ours: NDArray[np.float64], other: NDArray[np.float64]) -> dict[str, float]:
    _, low, high = relative_gain(ours, other)
    return {"beaten_low": low, "beaten_high": high}


def _each(
    asked: Sequence[Lesson], scorer: Callable[[Lesson], NDArray[Any]], width: int
) -> tuple[NDArray[np.float64], dict[str, float]]:
    """Give nDCG of each list, and the figures of all."""
    lists = [lesson.products[np.argsort(-scorer(lesson), kind="stable")[:K]].tolist() for lesson in asked]
    # What could not be ranked counts as missed: each is its own number, which is in no list.
    wanted = [_numbered(lesson.wanted) for lesson in asked]
    pairs = list(zip(lists, wanted, strict=True))
    ndcg = np.array([ndcg_at(K, ranked, bought) for ranked, bought in pairs])
    return ndcg, {
        "ndcg": float(ndcg.mean()),
        "recall": float(np.mean([recall_at(K, ranked, bought) for ranked, bought in pairs])),
        "hit": float(np.mean([hit_at(K, ranked, bought) for ranked, bought in pairs])),
        "coverage": len({product for ranked in lists for product in ranked}) / max(width, 1),
        "customers": float(len(asked)),
    }


def _numbered(wanted: NDArray[np.int32]) -> frozenset[int]:
    return frozenset(np.where(wanted >= 0, wanted, -1 - np.arange(len(wanted))).tolist())
