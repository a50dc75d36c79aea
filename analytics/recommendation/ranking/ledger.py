"""Everything that was bought, sorted by customer: what one of them bought is a slice, not a search."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.purchases import Purchases, seen_last


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """What one customer bought, sorted by product and age (the latest purchase of a product first).

    `product` are positions among what can be ranked, `age` is in days, `basket` numbers her baskets from the latest
    (0) to the oldest, `quantity` is how many pieces.
    """

    product: NDArray[np.int32]
    age: NDArray[np.float32]
    basket: NDArray[np.int32]
    quantity: NDArray[np.float32]

    @classmethod
    def empty(cls) -> History:
        """Give the history of somebody who has bought nothing."""
        nothing, no_figures = np.empty(0, np.int32), np.empty(0, np.float32)
        return cls(nothing, no_figures, nothing, no_figures)

    @classmethod
    def of(cls, product: NDArray[np.int32], age: NDArray[np.float32], quantity: NDArray[np.float32]) -> History:
        """Sort the lines of one customer; lines of the same age are one basket."""
        order = np.lexsort((age, product))
        _, basket = np.unique(age, return_inverse=True)
        return cls(product[order], age[order], basket.astype(np.int32)[order], quantity[order])

    def __len__(self) -> int:
        return len(self.product)


@dataclass(frozen=True, eq=False, kw_only=True)
class Ledger:
    """All purchases of products that can be ranked, sorted by customer, product and age.

    Attributes
    ----------
    width : how many products can be ranked.
    starts : (customers + 1,), the lines of customer c are starts[c]:starts[c + 1].
    basket : numbers each customer's baskets from her latest, 0.
    """

    width: int
    starts: NDArray[np.int64]
    customer: NDArray[np.int32]
    product: NDArray[np.int32]
    age: NDArray[np.float32]
    basket: NDArray[np.int32]
    quantity: NDArray[np.float32]

    @classmethod
    def of(cls, purchases: Purchases, position: NDArray[np.int32], width: int) -> Ledger:
        """Sort purchases.

        Parameters
        ----------
        position : of each product of the range among what can be ranked, -1 for one that cannot.
        """
        product = position[purchases.product]
        kept = np.flatnonzero(product >= 0)
        customer, age = purchases.customer[kept], purchases.age[kept]
        order = kept[np.lexsort((age, product[kept], customer))]
        customer = purchases.customer[order]
        counts = np.bincount(customer, minlength=len(purchases.customers))
        return cls(
            width=width,
            starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            customer=customer,
            product=product[order],
            age=purchases.age[order],
            basket=_from_latest(purchases)[order],
            quantity=purchases.pieces[order],
        )

    @property
    def customers(self) -> int:
        """Tell how many customers there are, those without a purchase among them."""
        return len(self.starts) - 1

    def history(self, customer: int) -> History:
        """Give what one customer bought."""
        lines = slice(self.starts[customer], self.starts[customer + 1])
        return History(self.product[lines], self.age[lines], self.basket[lines], self.quantity[lines])

    def seen_last(self, most: int) -> NDArray[np.int32]:
        """Give the `most` customers with the latest purchases, sorted; nobody who bought nothing."""
        return seen_last(self.customer, self.age, most)

    @cached_property
    def baskets(self) -> NDArray[np.int32]:
        """Give how many baskets each customer has, (customers,)."""
        found = np.zeros(self.customers, np.int32)
        np.maximum.at(found, self.customer, self.basket + 1)
        return found


def _from_latest(purchases: Purchases) -> NDArray[np.int32]:
    """Number the baskets of each customer from the latest, for every purchase."""
    ids, first, inverse = np.unique(purchases.basket, return_index=True, return_inverse=True)
    customer, age = purchases.customer[first], purchases.age[first]
    order = np.lexsort((ids, age, customer))
    begins = np.concatenate([[True], np.diff(customer[order]) != 0]) if len(order) else np.empty(0, bool)
    running = np.arange(len(order))
    number = np.empty(len(order), np.int32)
    number[order] = running - np.maximum.accumulate(np.where(begins, running, 0))
    return number[inverse]
