"""One customer's habits by product: how often, how lately, in what rhythm; and hers as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.ranking.ledger import History

#: Days after which a purchase counts half: of the last weeks, of the season, of the year.
FAST, MIDDLE, SLOW = 20.0, 60.0, 180.0
#: TIFU-kNN (Hu et al., SIGIR 2020): baskets in groups; a group counts less than the next by BETWEEN, a basket than the
#: next in its group by WITHIN. Chosen on earlier months of Online Retail, months before those of any benchmark.
GROUPS, WITHIN, BETWEEN = 5, 0.95, 0.9

Floats = NDArray[np.float32]

#: Products that stand for a customer where relations and other customers are asked: more cost time and say the same.
LEADING = 80


@dataclass(frozen=True, eq=False, kw_only=True)
class Taste:
    """Arrays over the products she bought, sorted by product; figures of the customer herself.

    Attributes
    ----------
    products : (k,) positions.
    times : baskets with it. fast, middle, slow : the same, each halved after so many days.
    weight : its place in her TIFU vector, 0..1.
    last, first : days since she bought it last, and first.
    skipped : baskets of hers since the last one with it.
    since_first : share of her baskets since the first one with it that hold it.
    pieces : quantity she takes, the mean.
    baskets, recency, gap, size : number of her baskets, days since the last, mean days between them, mean products in
        one. novelty : share of first purchases in her last three baskets.
    """

    products: NDArray[np.int32]
    times: Floats
    fast: Floats
    middle: Floats
    slow: Floats
    weight: Floats
    last: Floats
    first: Floats
    skipped: Floats
    since_first: Floats
    pieces: Floats
    baskets: int
    recency: float
    gap: float
    size: float
    novelty: float

    @cached_property
    def leading(self) -> NDArray[np.int64]:
        """Give the places of the products that stand for her: the `LEADING` she buys most, of late above all."""
        return largest(self.middle, LEADING)

    @property
    def rhythm(self) -> Floats:
        """Give the mean days between her purchases of each product; nan where she bought it once."""
        several = self.times > 1
        return np.where(several, (self.first - self.last) / np.maximum(self.times - 1, 1), np.nan).astype(np.float32)


def taste_of(history: History) -> Taste:
    """Read a customer's habits from what she bought; all arrays are empty for somebody who bought nothing."""
    if len(history) == 0:
        return _NOBODY
    begins = np.flatnonzero(np.concatenate([[True], np.diff(history.product) != 0]))
    ends = np.concatenate([begins[1:], [len(history)]]) - 1
    times = (ends - begins + 1).astype(np.float32)
    ages = np.zeros(int(history.basket.max()) + 1, np.float32)
    ages[history.basket] = history.age
    oldest = history.basket[ends]

    def summed(values: Floats) -> Floats:
        return np.add.reduceat(values, begins).astype(np.float32)

    return Taste(
        products=history.product[begins],
        times=times,
        fast=summed(np.exp2(history.age / -FAST)),
        middle=summed(np.exp2(history.age / -MIDDLE)),
        slow=summed(np.exp2(history.age / -SLOW)),
        weight=summed(basket_weights(len(ages))[history.basket]),
        last=history.age[begins],
        first=history.age[ends],
        skipped=history.basket[begins].astype(np.float32),
        since_first=times / (oldest + 1),
        pieces=summed(history.quantity) / times,
        baskets=len(ages),
        recency=float(ages[0]),
        gap=float(ages[-1] - ages[0]) / max(len(ages) - 1, 1) if len(ages) > 1 else float("nan"),
        size=len(history) / len(ages),
        novelty=float(np.mean(history.basket[ends] < 3)) if len(ages) <= 3 else _lately_new(history, oldest),
    )


def largest(values: Floats, most: int) -> NDArray[np.int64]:
    """Give the places of the `most` largest values, in order of place."""
    if len(values) <= most:
        return np.arange(len(values))
    return np.asarray(np.sort(np.argpartition(-values, most)[:most]))


def _lately_new(history: History, oldest: NDArray[np.int32]) -> float:
    return int(np.count_nonzero(oldest < 3)) / max(int(np.count_nonzero(history.basket < 3)), 1)


@lru_cache(maxsize=4_096)
def basket_weights(baskets: int) -> Floats:
    """Give the weight of each basket of a customer, the latest first; they sum to at most 1.

    Baskets are cut into `GROUPS` groups of equal size from the oldest on; within a group, and between the means of
    groups, older ones count less.
    """
    size = -(-baskets // GROUPS)
    oldest_first = np.arange(baskets)[::-1]
    group = oldest_first // size
    groups = int(group[0]) + 1
    length = np.minimum(size, baskets - group * size)
    inside = WITHIN ** (length - 1 - (oldest_first - group * size)) / length
    weights = np.asarray(inside * BETWEEN ** (groups - 1 - group) / groups, np.float32)
    weights.flags.writeable = False  # all who have so many baskets share it
    return weights


_EMPTY = np.empty(0, np.float32)
_NOBODY = Taste(
    products=np.empty(0, np.int32), times=_EMPTY, fast=_EMPTY, middle=_EMPTY, slow=_EMPTY, weight=_EMPTY, last=_EMPTY,
    first=_EMPTY, skipped=_EMPTY, since_first=_EMPTY, pieces=_EMPTY, baskets=0, recency=float("nan"),
    gap=float("nan"), size=0.0, novelty=1.0,
)  # fmt: skip
