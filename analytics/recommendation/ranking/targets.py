"""What really came next: the first baskets of each customer in the days after a cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.purchases import Purchases

#: Baskets of hers that teach, and how much less each of them counts than the one before.
BASKETS, LESS = 5, 0.6


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Targets:
    """What came next: customer i of `customers` (sorted) bought products[starts[i]:starts[i + 1]].

    Attributes
    ----------
    first : of each product, whether it lay in her first basket after the cut.
    share : of each product, how much of her next `BASKETS` baskets held it, 0..1, an earlier one counting more.
    age, until : of each customer, how many days ago she bought the first and the last of these baskets.
    """

    customers: NDArray[np.int32]
    starts: NDArray[np.int64]
    products: NDArray[np.int32]
    first: NDArray[np.bool_]
    share: NDArray[np.float32]
    age: NDArray[np.float32]
    until: NDArray[np.float32]

    def of(self, place: int) -> NDArray[np.int32]:
        """Give the products of one customer's first basket, sorted."""
        lines = slice(self.starts[place], self.starts[place + 1])
        return self.products[lines][self.first[lines]]

    def soon(self, place: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Give the products of one customer's next baskets, sorted, and the share of each."""
        lines = slice(self.starts[place], self.starts[place + 1])
        return self.products[lines], self.share[lines]


def next_baskets(purchases: Purchases, days_ago: float, horizon: float) -> Targets:
    """Give the first baskets of every customer in the `horizon` days after the moment `days_ago` days ago.

    Customers who had bought nothing before are among them; a basket is all that was bought at one moment in one order.
    """
    inside = np.flatnonzero((purchases.age < days_ago) & (purchases.age >= days_ago - horizon))
    customer, basket, age = purchases.customer[inside], purchases.basket[inside], purchases.age[inside]
    order = inside[np.lexsort((purchases.product[inside], basket, -age, customer))]
    customer, basket, age = purchases.customer[order], purchases.basket[order], purchases.age[order]
    customers, begins, owner = np.unique(customer, return_index=True, return_inverse=True)
    opens = np.diff(basket, prepend=-1) != 0
    opens[begins] = True
    number = np.cumsum(opens)
    number -= number[begins][owner]
    kept = number < BASKETS
    whole = np.bincount(owner[kept & opens], LESS ** number[kept & opens], len(customers))
    pairs, pair = np.unique(owner[kept] * _WIDE + purchases.product[order[kept]], return_inverse=True)
    first = np.zeros(len(pairs), bool)
    first[pair[number[kept] == 0]] = True
    until = np.full(len(customers), np.inf, np.float32)
    np.minimum.at(until, owner[kept], age[kept])
    share = np.bincount(pair, LESS ** number[kept], len(pairs)) / whole[pairs // _WIDE]
    return Targets(
        customers=customers.astype(np.int32),
        starts=np.searchsorted(pairs // _WIDE, np.arange(len(customers) + 1)),
        products=(pairs % _WIDE).astype(np.int32),
        first=first,
        share=share.astype(np.float32),
        age=age[begins],
        until=until,
    )


#: More than any shop has products.
_WIDE = 1 << 31
