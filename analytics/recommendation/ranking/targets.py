"""What really came next: the first basket of each customer in the days after a cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.purchases import Purchases


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """Next baskets: customer i of `customers` (sorted) bought products[starts[i]:starts[i + 1]]."""

    customers: NDArray[np.int32]
    starts: NDArray[np.int64]
    products: NDArray[np.int32]
    #: How many days ago each of these baskets was bought.
    age: NDArray[np.float32]

    def of(self, place: int) -> NDArray[np.int32]:
        """Give the products of one next basket, sorted."""
        return self.products[self.starts[place] : self.starts[place + 1]]


def next_baskets(purchases: Purchases, days_ago: float, horizon: float) -> Targets:
    """Give the first basket of every customer in the `horizon` days after the moment `days_ago` days ago.

    Customers who had bought nothing before are among them; a basket is all that was bought at one moment in one order.
    """
    inside = np.flatnonzero((purchases.age < days_ago) & (purchases.age >= days_ago - horizon))
    customer, basket, age = purchases.customer[inside], purchases.basket[inside], purchases.age[inside]
    order = np.lexsort((purchases.product[inside], basket, -age, customer))
    customer, basket, product = customer[order], basket[order], purchases.product[inside][order]
    customers, begins = np.unique(customer, return_index=True)
    first = np.repeat(basket[begins], np.diff(np.concatenate([begins, [len(customer)]])))
    kept = basket == first
    pairs = np.unique(customer[kept].astype(np.int64) * _WIDE + product[kept])
    starts = np.searchsorted(pairs // _WIDE, customers)
    return Targets(
        customers.astype(np.int32),
        np.concatenate([starts, [len(pairs)]]).astype(np.int64),
        (pairs % _WIDE).astype(np.int32),
        purchases.age[inside][order][begins],
    )


#: More than any shop has products.
_WIDE = 1 << 31
