"""What a model is given and what it must give, the same for ours and for everything it is held against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.recommendation.purchases import Purchases, Range

#: Length of every list.
K = 10
#: Customers ranked at once: scores of so many by all products are in memory.
_BLOCK = 512

Floats = NDArray[np.float32]
Positions = NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Known:
    """All that was known at the cut: nobody who came and nothing that was first sold afterwards.

    `words` (the shop's word for the category) are in the order of `on_sale.products`; ages of `purchases` count from
    the cut.
    """

    purchases: Purchases
    on_sale: Range
    words: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Give (customers, products)."""
        return len(self.purchases.customers), len(self.on_sale.products)

    @cached_property
    def bought(self) -> Any:
        """Give CSR customers × products of 1.0 where she ever bought it."""
        owners, products = self.purchases.customer, self.purchases.product
        ones = sparse.csr_matrix((np.ones(len(owners), np.float32), (owners, products)), shape=self.shape)
        ones.data[:] = 1.0  # repeats were added up
        return ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One wish for a list.

    Attributes
    ----------
    customer : position among the customers known; None for a newcomer.
    new_only : nothing she bought before may be listed.
    likes, dislikes : categories (numbers of `on_sale.categories`) she named in the chat or in answer to a question.
    clicked : products she looked at in this visit; they are never listed.
    """

    customer: int | None
    new_only: bool = False
    likes: tuple[int, ...] = ()
    dislikes: tuple[int, ...] = ()
    clicked: tuple[int, ...] = ()


class Recommend(Protocol):
    """A model that has learnt."""

    def __call__(self, asked: Sequence[Asked], k: int = K) -> list[list[int]]:
        """Give a list of up to k products, best first, for each wish."""
        ...


class Recommender(Protocol):
    """A model before it has seen anything; the same purchases give the same model."""

    @property
    def name(self) -> str:
        """Give the name in tables."""
        ...

    def fit(self, known: Known) -> Recommend:
        """Learn from what was known at the cut."""
        ...


#: Gives scores, wishes × products; higher is better.
Scores = Callable[[Sequence[Asked]], Floats]


def by_scores(known: Known, scores: Scores) -> Recommend:
    """Make lists of the highest scores, leaving out what may not be listed."""

    def recommend(asked: Sequence[Asked], k: int = K) -> list[list[int]]:
        lists: list[list[int]] = []
        for start in range(0, len(asked), _BLOCK):
            block = asked[start : start + _BLOCK]
            values = scores(block).astype(np.float32, copy=True)
            for row, wish in enumerate(block):
                values[row, forbidden(known, wish)] = -np.inf
            lists += best_of(values, k)
        return lists

    return recommend


def forbidden(known: Known, wish: Asked) -> Positions:
    """Give the products that may not be listed: what she looked at, and with `new_only` what she ever bought."""
    clicked = np.array(wish.clicked, dtype=np.int64)
    if not wish.new_only or wish.customer is None:
        return clicked
    start, end = known.bought.indptr[wish.customer : wish.customer + 2]
    return np.concatenate([clicked, known.bought.indices[start:end].astype(np.int64)])


def best_of(values: Floats, k: int) -> list[list[int]]:
    """Give the positions of the k highest of each row, highest first, without those at -inf."""
    k = min(k, values.shape[1])
    some = np.argpartition(-values, k - 1, axis=1)[:, :k]
    picked = np.take_along_axis(values, some, axis=1)
    order = np.lexsort((some, -picked), axis=1)
    ranked, ranks = np.take_along_axis(some, order, axis=1), np.take_along_axis(picked, order, axis=1)
    return [row[value > -np.inf].tolist() for row, value in zip(ranked, ranks, strict=True)]


def customers_of(asked: Iterable[Asked]) -> Positions:
    """Give the customers' positions; -1 for newcomers."""
    return np.array([-1 if wish.customer is None else wish.customer for wish in asked], dtype=np.int64)


def rows_of(matrix: Any, asked: Sequence[Asked]) -> Any:
    """Give the rows of a CSR matrix that belong to the wishes; empty rows for newcomers."""
    places = customers_of(asked)
    known = sparse.diags_array((places >= 0).astype(np.float32))
    return (known @ matrix[np.maximum(places, 0)]).tocsr()
