"""Quality of lists against first baskets after the cut, customer by customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.metrics import hit_at, ndcg_at, recall_at
from benchmarks.recommending.protocol import Asked, K, Known, Recommend, forbidden


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Task:
    """Wishes, and what each wisher then bought."""

    asked: tuple[Asked, ...]
    bought: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Quality:
    """Figures of each wish, in the task's order; `coverage` is the share of the range that stood in any list."""

    ndcg: NDArray[np.float64]
    recall: NDArray[np.float64]
    hit: NDArray[np.float64]
    coverage: float

    def figures(self, prefix: str) -> dict[str, float]:
        """Give the means under the keys of the benchmark."""
        means = {
            "ndcg": float(self.ndcg.mean()),
            "recall": float(self.recall.mean()),
            "hit": float(self.hit.mean()),
            "coverage": self.coverage,
        }
        return {f"{prefix}{name}_at_{K}": round(value, 5) for name, value in means.items()}


def quality_of(recommend: Recommend, task: Task, known: Known) -> Quality:
    """Ask for all lists and hold them against what was bought.

    Raises
    ------
    ValueError
        A list is too long, repeats itself, or holds what may not be listed.
    """
    lists = recommend(task.asked)
    _check(lists, task, known)
    pairs = list(zip(lists, task.bought, strict=True))
    return Quality(
        ndcg=np.array([ndcg_at(K, ranked, bought) for ranked, bought in pairs]),
        recall=np.array([recall_at(K, ranked, bought) for ranked, bought in pairs]),
        hit=np.array([hit_at(K, ranked, bought) for ranked, bought in pairs]),
        coverage=len({item for ranked in lists for item in ranked}) / known.shape[1],
    )


def _check(lists: Sequence[Sequence[int]], task: Task, known: Known) -> None:
    for ranked, wish in zip(lists, task.asked, strict=True):
        if len(ranked) > K or len(set(ranked)) < len(ranked):
            raise ValueError(f"A list must hold up to {K} different products, not {ranked}.")
        if not set(forbidden(known, wish).tolist()).isdisjoint(ranked):
            raise ValueError(f"A list holds what may not be listed for {wish}: {ranked}.")
