"""One customer before the model: scores, what is new to her, and the reason for any product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation import reasons
from analytics.recommendation.model import NextBasketModel, Scores, Shopper, score
from analytics.recommendation.training import FAVOURITE_DAYS, POPULAR_DAYS
from analytics.records import Reason

#: A new product needs this share of the neighbours, and this many of them, to be called popular with them.
NEWS_SHARE, NEWS_BUYERS = 0.1, 3
#: Likewise a favourite of a segment.
FAVOURITE_SHARE = 0.05


class Evidence:
    """What the model knows for one customer; `shopper` None for a visitor or a customer without orders."""

    def __init__(self, model: NextBasketModel, shopper: Shopper | None, segment_id: int | None) -> None:
        self.model = model
        self.segment_id = segment_id
        self._scores: Scores | None = None if shopper is None else score(model, shopper)
        self._bought = np.empty(0, np.int32) if shopper is None else shopper.products
        self._bought_groups = frozenset(model.groups[self._bought].tolist())

    def ranking(self, length: int) -> list[tuple[int, float]]:
        """Give (product, score) of the most likely products, best first."""
        values = self.model.recent if self._scores is None else self._scores.values
        return _largest(values, length)

    def news(self, length: int) -> list[tuple[int, float]]:
        """Give (product, score) of products new to her that her neighbours like, else her segment, best first."""
        liked: list[tuple[int, float]] = []
        if self._scores is not None and self._scores.asked:
            bought_by = self._scores.bought_by
            enough = max(NEWS_SHARE * self._scores.asked, NEWS_BUYERS)
            ranked = _largest(np.where(bought_by >= enough, self._scores.values, 0.0), length + len(self._bought))
            liked = [(index, value) for index, value in ranked if self.is_new(index)]
        products, shares = self.model.segment_favourites(self.segment_id)
        seen = {index for index, _ in liked}
        favourites = [
            (index, share)
            for index, share in zip(products.tolist(), shares.tolist(), strict=True)
            if share >= FAVOURITE_SHARE and index not in seen and self.is_new(index)
        ]
        return [*liked, *favourites][:length]

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
        return self._of_others(index) or self._of_everybody(index, times_sold)

    def _of_others(self, index: int) -> Reason | None:
        if self._scores is not None and self._scores.asked:
            bought_by = int(self._scores.bought_by[index])
            if bought_by >= max(NEWS_SHARE * self._scores.asked, NEWS_BUYERS):
                return reasons.neighbours(bought_by, self._scores.asked)
        products, shares = self.model.segment_favourites(self.segment_id)
        found = np.flatnonzero(products == index)
        if len(found) and self.segment_id is not None and shares[found[0]] >= FAVOURITE_SHARE:
            return reasons.segment_favourite(self.segment_id, float(shares[found[0]]), FAVOURITE_DAYS)
        return None

    def _of_everybody(self, index: int, times_sold: int) -> Reason:
        customers = int(self.model.recent[index])
        if customers == 0:
            return reasons.in_range(times_sold)
        rank = 1 + int(np.count_nonzero(self.model.recent > customers))
        return reasons.popular(customers, rank, POPULAR_DAYS)


def _largest(values: NDArray[np.float32] | NDArray[np.int32], length: int) -> list[tuple[int, float]]:
    """Give (position, value) of the largest values above zero, in descending order; equal ones by position."""
    length = min(length, len(values))
    if length == 0:
        return []
    some = np.argpartition(-values, length - 1)[:length]
    order = some[np.lexsort((some, -values[some]))]
    return [(int(index), float(values[index])) for index in order if values[index] > 0]
