"""One customer before the model: scores, what is new to her, and the reason for any product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation import reasons
from analytics.recommendation.model import NextBasketModel, Scores, Shopper, score
from analytics.recommendation.ranking.links import Link
from analytics.recommendation.ranking.ranker import Ranked, Ranker
from analytics.recommendation.training import FAVOURITE_DAYS, POPULAR_DAYS
from analytics.records import Reason

#: Neighbours' product: bought by this share of the neighbours, and by this many of them …
LIKED_SHARE, LIKED_BUYERS = 0.1, 3
#: … and this many times as often as by all customers, for milk is popular with everybody.
LIKED_LIFT = 1.2
#: A segment's favourite was bought by this share of its customers.
FAVOURITE_SHARE = 0.1
#: Up to this rank, being among the most bought says more than being a favourite of a segment.
TOP_RANK = 20


class Evidence:
    """What the model knows for one customer; `shopper` None for a visitor or a customer without orders."""

    def __init__(
        self, model: NextBasketModel, shopper: Shopper | None, segment_id: int | None, ranker: Ranker | None = None
    ) -> None:
        self.model = model
        self._ranker = ranker
        self._shopper = shopper
        self.segment_id = segment_id
        favourites, shares = model.segment_favourites(segment_id)
        self._favourites = {
            index: share
            for index, share in zip(favourites.tolist(), shares.tolist(), strict=True)
            if share >= FAVOURITE_SHARE
        }
        bought = np.empty(0, np.int32) if shopper is None else shopper.products
        self._bought_groups = frozenset(model.groups[bought].tolist())

    @cached_property
    def _scores(self) -> Scores | None:
        """The next-basket model's scores, which are needed only where nothing was taught, or a list is very long."""
        return None if self._shopper is None else score(self.model, self._shopper)

    @cached_property
    def _ranked(self) -> Ranked | None:
        """The learned ranking, made once for a list; None where nothing was taught."""
        return None if self._ranker is None else self._ranker.rank("all" if self._shopper is not None else "first")

    @property
    def _values(self) -> NDArray[np.float32] | NDArray[np.int32]:
        return self.model.recent if self._scores is None else self._scores.values

    @cached_property
    def _neighbours_bought(self) -> NDArray[np.int32]:
        """What her neighbours ever bought, each as often as there are who did."""
        near = np.empty(0, np.int32) if self._shopper is None else self._shopper.neighbours
        return np.asarray(self.model.counts[near].indices if len(near) else near, dtype=np.int32)

    def ranking(self, length: int) -> list[tuple[int, float]]:
        """Give (product, score) of the most likely products, best first; for a visitor the most bought lately."""
        if self._ranked is None:
            return _largest(self._values, length)
        ranked = self._ranked
        if len(ranked) >= length:
            return ranked.entries(length)
        return ranked.entries() + _behind(ranked, _largest(self._values, length))[: length - len(ranked)]

    def bestsellers(self, length: int) -> list[tuple[int, float]]:
        """Give (product, customers who bought it in the last 30 days), the most first."""
        return _largest(self.model.recent, length)

    @cached_property
    def words_worth(self) -> float:
        """What her words about one thing are worth, 1 being the best of the ranking."""
        best = next((chance for _, chance in self.ranking(1)), 0.0)
        of_everybody = self._shopper is None and self._ranker is None
        return self.model.words.worth(best / len(self.model.customers) if of_everybody else best)

    def news(self, length: int) -> list[tuple[int, float]]:
        """Give (product, score) of products new to her, best first; untaught, what her neighbours and segment like."""
        if self._ranker is not None:
            return [entry for entry in self._ranker.rank("new").entries() if self.is_new(entry[0])][:length]
        liked = {} if self._scores is None else _liked_by_neighbours(self.model, self._scores)
        listed = sorted(liked.items(), key=lambda entry: (-entry[1], entry[0]))
        favourites = [entry for entry in self._favourites.items() if entry[0] not in liked]
        return [entry for entry in [*listed, *favourites] if self.is_new(entry[0])][:length]

    def groups_of(self, product_ids: Iterable[str]) -> frozenset[int]:
        """Give the groups of products, so that nothing is shown that reads like one of them."""
        positions = (self.model.product_position(product_id) for product_id in product_ids)
        return frozenset(int(self.model.groups[index]) for index in positions if index is not None)

    def is_new(self, index: int) -> bool:
        """Tell whether she has bought nothing that reads like this product."""
        return int(self.model.groups[index]) not in self._bought_groups

    def reason(
        self, product_id: str, moments: Mapping[str, Sequence[datetime]], times_sold: int, now: datetime
    ) -> Reason:
        """Explain one product, by the strongest evidence there is.

        Parameters
        ----------
        moments : her own orders of products, oldest first; absent where she never ordered it.
        times_sold : of the whole shop, for a product without any other evidence.
        """
        own = moments.get(product_id)
        if own:
            return reasons.buy_again(own, now)
        index = self.model.product_position(product_id)
        if index is None:
            return reasons.in_range(times_sold)
        return self._by_neighbours(index) or self._of_many(index, times_sold)

    def _by_neighbours(self, index: int) -> Reason | None:
        """Explain by her neighbours, where they buy it clearly more often than everybody."""
        if self._shopper is None:
            return None
        asked, bought_by = len(self._shopper.neighbours), int(np.count_nonzero(self._neighbours_bought == index))
        of_all = float(self.model.buyers[index]) / len(self.model.customers)
        liked = bought_by >= _enough(asked) and _lift(bought_by, asked, of_all) >= LIKED_LIFT
        return reasons.neighbours(bought_by, asked, of_all) if liked else None

    def _of_many(self, index: int, times_sold: int) -> Reason:
        if self.segment_id is not None and index in self._favourites and self._rank(index) > TOP_RANK:
            return reasons.segment_favourite(self.segment_id, self._favourites[index], FAVOURITE_DAYS)
        return self._by_sales(index, times_sold)

    def bestseller(self, product_id: str, times_sold: int) -> Reason:
        """Explain one product by how many customers buy it, whoever asks."""
        index = self.model.product_position(product_id)
        return reasons.in_range(times_sold) if index is None else self._by_sales(index, times_sold)

    def _by_sales(self, index: int, times_sold: int) -> Reason:
        customers = int(self.model.recent[index])
        if not customers:
            return reasons.in_range(times_sold)
        return reasons.popular(customers, self._rank(index), POPULAR_DAYS)

    def _rank(self, index: int) -> int:
        """Give its place among what is bought lately, from 1."""
        return 1 + int(np.count_nonzero(self.model.recent > self.model.recent[index]))

    def link(self, product_id: str) -> tuple[str, Link] | None:
        """Give (id of a product she buys, how its buyers lead to this one); None where nothing was taught."""
        index = self.model.product_position(product_id)
        if self._ranker is None or self._scores is None or index is None or not self.is_new(index):
            return None
        found = self._ranker.link(index)
        return None if found is None else (str(self.model.products[found[0]]), found[1])

    def customers_lately(self, product_id: str) -> int:
        """Give how many customers bought a product in the last 30 days."""
        index = self.model.product_position(product_id)
        return 0 if index is None else int(self.model.recent[index])

    def may_have_come_lately(self, product_id: str) -> bool:
        """Whether all who ever bought a product did so lately: then it may be new in the range."""
        index = self.model.product_position(product_id)
        return index is not None and bool(0 < self.model.recent[index] == self.model.buyers[index])


def _behind(ranked: Ranked, others: Iterable[tuple[int, float]]) -> list[tuple[int, float]]:
    """Give what the ranking did not look at, worth less than the last it did."""
    known = set(ranked.products.tolist())
    least = float(ranked.worth[-1]) if len(ranked) else 1.0
    left = [entry for entry in others if entry[0] not in known]
    most = max((score for _, score in left), default=1.0)
    return [(index, least * score / most) for index, score in left]


def _liked_by_neighbours(model: NextBasketModel, scores: Scores) -> dict[int, float]:
    """Give score times lift of the products that enough neighbours bought, and clearly more often than everybody.

    Score times lift is as often right as the score alone, and twice as varied.
    """
    some = np.flatnonzero(scores.bought_by >= _enough(scores.asked))
    lift = _lift(scores.bought_by[some], scores.asked, model.buyers[some] / len(model.customers))
    worth = scores.values[some] * lift
    return {int(index): float(worth[at]) for at, index in enumerate(some) if lift[at] >= LIKED_LIFT}


def _enough(asked: int) -> float:
    """Give how many of the neighbours must have bought a product that explains it."""
    return max(LIKED_SHARE * asked, LIKED_BUYERS)


def _lift(bought_by: Any, asked: int, of_all: Any) -> Any:
    """Give how many times as often neighbours bought a product as everybody did; numbers or arrays."""
    return bought_by / max(asked, 1) / np.maximum(of_all, 1e-9)


def _largest(values: NDArray[np.float32] | NDArray[np.int32], length: int) -> list[tuple[int, float]]:
    """Give (position, value) of the largest values above zero, in descending order; equal ones by position."""
    some = np.flatnonzero(values > 0)
    if len(some) > length:
        some = some[np.argpartition(-values[some], length)[:length]]
    order = some[np.lexsort((some, -values[some]))]
    return [(int(index), float(values[index])) for index in order]
