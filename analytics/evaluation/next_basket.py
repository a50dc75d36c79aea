"""How well the recommender foretells each customer's next basket, on a split by time, beside popularity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.metrics import hit_at, ndcg_at, recall_at
from analytics.recommendation.model import known_shopper, score
from analytics.recommendation.purchases import Purchases, Range
from analytics.recommendation.ranking.targets import next_baskets as within
from analytics.recommendation.training import POPULAR_DAYS, popularity, train

K = 10
_ALL_TIME = float("inf")

#: Gives a score per product for a customer (by position).
Scorer = Callable[[int], NDArray[np.float32] | NDArray[np.int32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Means over the customers; `coverage` is the share of all products that stood in any list."""

    ndcg: float
    recall: float
    hit: float
    coverage: float
    customers: int


def next_baskets(purchases: Purchases, days_ago: float) -> dict[int, frozenset[int]]:
    """Give the products of each customer's first basket after the cut, of those who had bought before it."""
    known = set(np.unique(purchases.customer[purchases.age >= days_ago]).tolist())
    return {one: items for one, items in first_baskets(purchases, days_ago).items() if one in known}


def first_baskets(purchases: Purchases, days_ago: float) -> dict[int, frozenset[int]]:
    """Give the products of each customer's first basket after the cut, whether or not she had bought before it."""
    targets = within(purchases, days_ago, days_ago)
    return {one: frozenset(targets.of(place).tolist()) for place, one in enumerate(targets.customers.tolist())}


def evaluate(purchases: Purchases, on_sale: Range, *, days_ago: float, customers: int, seed: int) -> dict[str, Figures]:
    """Train on what is older than the cut, rank for customers who bought after it.

    Parameters
    ----------
    days_ago : the cut, in days before the purchases were read.
    customers : how many to ask at most, drawn with `seed`.

    Returns
    -------
    Figures of "recommender", "popular" (all time) and "popular_30_days"; empty where nobody bought on both sides.
    """
    wanted = next_baskets(purchases, days_ago)
    if not wanted:
        return {}
    everybody = np.array(sorted(wanted))
    drawn = np.random.default_rng(seed).permutation(everybody)[:customers]
    asked = {int(one): wanted[int(one)] for one in np.sort(drawn)}
    history = purchases.as_of(days_ago)
    width = len(on_sale.products)
    model = train(history, on_sale, {})
    always, lately = popularity(history, _ALL_TIME, width=width), popularity(history, POPULAR_DAYS, width=width)
    scorers: dict[str, Scorer] = {
        "recommender": lambda one: score(model, known_shopper(model, one)).values,
        "popular": lambda _: always,
        "popular_30_days": lambda _: lately,
    }
    return {name: _figures(scorer, asked, width) for name, scorer in scorers.items()}


def _figures(scorer: Scorer, wanted: Mapping[int, frozenset[int]], width: int) -> Figures:
    lists = {one: np.argsort(-scorer(one), kind="stable")[:K].tolist() for one in wanted}
    count = len(wanted)
    return Figures(
        ndcg=sum(ndcg_at(K, lists[one], wanted[one]) for one in wanted) / count,
        recall=sum(recall_at(K, lists[one], wanted[one]) for one in wanted) / count,
        hit=sum(hit_at(K, lists[one], wanted[one]) for one in wanted) / count,
        coverage=len({item for ranked in lists.values() for item in ranked}) / max(width, 1),
        customers=count,
    )
