"""Quality of a ranked list against what was really bought. Binary relevance; each in 0..1, higher is better."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import log2


def ndcg_at(k: int, ranked: Sequence[object], relevant: Collection[object]) -> float:
    """Give the discounted gain of the first k over that of a perfect list (1 / log2(rank + 1) per hit).

    Parameters
    ----------
    ranked : recommended items, best first, without repeats.
    relevant : what was bought; 0.0 where nothing was.
    """
    ideal = sum(1 / log2(rank + 1) for rank in range(1, min(k, len(relevant)) + 1))
    gained = sum(1 / log2(rank + 1) for rank, item in enumerate(ranked[:k], start=1) if item in relevant)
    return gained / ideal if ideal else 0.0


def recall_at(k: int, ranked: Sequence[object], relevant: Collection[object]) -> float:
    """Give which part of what was bought is among the first k; 0.0 where nothing was bought."""
    return sum(item in relevant for item in ranked[:k]) / len(relevant) if relevant else 0.0


def hit_at(k: int, ranked: Sequence[object], relevant: Collection[object]) -> float:
    """Give 1.0 where at least one of the first k was bought, else 0.0."""
    return float(any(item in relevant for item in ranked[:k]))
