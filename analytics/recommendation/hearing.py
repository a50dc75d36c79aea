"""What words of taste are worth in this shop: how much oftener a liked thing is bought than it would be anyway.

Whoever likes a thing and has not bought of it lately is asked for at several earlier moments: was something of it in
her next basket? Held against it is what the same basket has of things that others named, of which she has not bought
lately either. Where words mean nothing both come to the same, and what is liked rises no more than anything else.

    worth = max((PRIOR · PRIOR_WORTH + (Σ followed − Σ expected) / best) / (PRIOR + heard), 0)

`best` is the chance that the best of her ranking is in her next basket: where even that is small, so is what words add.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.recommendation.purchases import Purchases
from analytics.recommendation.ranking.targets import Targets, next_baskets

#: Before anything was seen, words are worth half of the best of her ranking; that counts like so many looks.
PRIOR_WORTH, PRIOR = 0.5, 50.0
#: Days ago at which the past is asked, and days in which a next basket is waited for.
MOMENTS, HORIZON = tuple(39.0 + 14.0 * number for number in range(8)), 39.0
#: Whoever bought of a thing in so many days needs no words for it: her orders tell.
_LATELY = 90.0


class Said(NamedTuple):
    """A customer (position in the purchases) said so many days ago that she likes a thing (row of the things)."""

    customer: int
    age: float
    thing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What became of what was liked: looks at a next basket, how many held some of it, how many would have anyway."""

    heard: int = 0
    followed: float = 0.0
    expected: float = 0.0

    @property
    def gain(self) -> float:
        """The chance that words of taste added to a next basket holding something of the thing; 0.0 where unknown."""
        return (self.followed - self.expected) / self.heard if self.heard else 0.0

    def worth(self, best: float) -> float:
        """Give what words about one thing are worth to somebody, 1 being the best of her ranking; 0.0 or more.

        Parameters
        ----------
        best : the chance, above 0, that the best of her ranking is in her next basket; 0.0 where nothing is ranked.
        """
        if best <= 0:
            return 0.0
        return max((PRIOR * PRIOR_WORTH + (self.followed - self.expected) / best) / (PRIOR + self.heard), 0.0)


#: Nobody has said anything yet.
UNHEARD = Words()


def hear(said: Sequence[Said], things: Any, purchases: Purchases) -> Words:
    """Learn from the shop's own past what became of words.

    Parameters
    ----------
    things : CSR things × products of the range, 1.0 where a product is such a thing.
    """
    heard = [_heard(said, things.astype(np.float32), purchases, days_ago) for days_ago in MOMENTS if said]
    return Words(
        heard=sum(one.heard for one in heard),
        followed=sum(one.followed for one in heard),
        expected=sum(one.expected for one in heard),
    )


def _heard(said: Sequence[Said], things: Any, purchases: Purchases, days_ago: float) -> Words:
    """Look at the next baskets after one moment of those who had stated a like before it; the newest counts."""
    older_first = sorted((one for one in said if one.age >= days_ago), key=lambda one: -one.age)
    liked = {one.customer: one.thing for one in older_first}
    targets = next_baskets(purchases, days_ago, HORIZON)
    asked = np.array([place for place, one in enumerate(targets.customers.tolist()) if one in liked], np.int64)
    if len(asked) == 0:
        return Words()
    customers = targets.customers[asked]
    own = np.array([liked[one] for one in customers.tolist()], np.int64)
    rows = np.arange(len(own))
    bought = _of_things(_next(targets, asked, things.shape[1]), things)
    unbought = ~_of_things(_lately(purchases, customers, days_ago, things.shape[1]), things)
    others = unbought * np.bincount(own, minlength=things.shape[0])
    others[rows, own] = 0
    counts = others.sum(axis=1)
    fair = unbought[rows, own] & (counts > 0)
    expected = (others * bought).sum(axis=1)[fair] / counts[fair]
    return Words(heard=int(fair.sum()), followed=float(bought[rows, own][fair].sum()), expected=float(expected.sum()))


def _next(targets: Targets, asked: NDArray[np.int64], width: int) -> Any:
    """Give CSR asked × products of their next baskets."""
    baskets = [targets.of(place) for place in asked.tolist()]
    starts = np.concatenate([[0], np.cumsum([len(one) for one in baskets])])
    products = np.concatenate(baskets)
    return sparse.csr_matrix((np.ones(len(products), np.float32), products, starts), shape=(len(asked), width))


def _lately(purchases: Purchases, customers: NDArray[np.int32], days_ago: float, width: int) -> Any:
    """Give CSR customers × products of what they had bought lately at a moment."""
    row = np.full(len(purchases.customers), -1, np.int64)
    row[customers] = np.arange(len(customers))
    known = (purchases.age >= days_ago) & (purchases.age < days_ago + _LATELY) & (row[purchases.customer] >= 0)
    pairs = (row[purchases.customer[known]], purchases.product[known])
    return sparse.csr_matrix((np.ones(int(known.sum()), np.float32), pairs), shape=(len(customers), width))


def _of_things(baskets: Any, things: Any) -> NDArray[np.bool_]:
    """Tell which of the things are in which of the baskets."""
    return np.asarray((baskets @ things.T).toarray() > 0, dtype=np.bool_)
