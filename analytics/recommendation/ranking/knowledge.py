"""All that is learnt of a shop without a truth to aim at: relations, trends, the crowd; and what can be ranked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.purchases import Purchases, Range
from analytics.recommendation.ranking.crowd import Crowd, crowd_of
from analytics.recommendation.ranking.factors import Factors, fit_factors
from analytics.recommendation.ranking.ledger import Ledger
from analytics.recommendation.ranking.relations import Relations, relate
from analytics.recommendation.ranking.rows import Rows
from analytics.recommendation.ranking.trends import Trends, trends_of

PRODUCT = (
    "buyers_7", "buyers_14", "buyers_30", "buyers_90", "everyone", "rising_now", "on_shelf", "last_sold", "again",
    "rhythm_of_all", "pieces_of_all", "price",
)  # fmt: skip

FitFactors = Callable[[Ledger], Factors]

#: Products that can be ranked: those that most customers bought; who bought others herself finds them among her own.
MOST_PRODUCTS = 20_000


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Assortment:
    """What can be ranked: `products` are positions in the range, sorted; `position` leads back, -1 where it cannot.

    `groups` and `categories` number what reads the same and what belongs together; `prices` in major units, nan where
    unknown.
    """

    products: NDArray[np.int32]
    position: NDArray[np.int32]
    groups: NDArray[np.int32]
    categories: NDArray[np.int32]
    prices: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.products)

    @classmethod
    def of(cls, purchases: Purchases, on_sale: Range) -> Assortment:
        """Choose what can be ranked."""
        width = len(on_sale.products)
        pairs = np.unique(purchases.customer.astype(np.int64) * max(width, 1) + purchases.product)
        buyers = np.bincount(pairs % max(width, 1), minlength=width)
        best = np.argsort(-buyers, kind="stable")[:MOST_PRODUCTS]
        products = np.sort(best[buyers[best] > 0]).astype(np.int32)
        position = np.full(width, -1, np.int32)
        position[products] = np.arange(len(products), dtype=np.int32)
        return cls(
            products=products,
            position=position,
            groups=on_sale.groups[products],
            categories=on_sale.categories[products],
            prices=on_sale.price[products],
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class Knowledge:
    """What is known of a shop at one moment; every array is over the products of `offered`."""

    offered: Assortment
    relations: Relations
    trends: Trends
    crowd: Crowd
    factors: Factors

    @cached_property
    def categories_and_groups(self) -> tuple[int, int]:
        """Give how many numbers there are for categories, and for groups."""
        return int(self.offered.categories.max(initial=0)) + 1, int(self.offered.groups.max(initial=0)) + 1

    @cached_property
    def rising(self) -> NDArray[np.float32]:
        """Give the buyers of the last week times how much faster they come than they did, (products,)."""
        return np.asarray(self.trends.buyers[:, 0] * np.exp(self.trends.rising), np.float32)

    @cached_property
    def product_features(self) -> NDArray[np.float32]:
        """Give what the trees are told of a product whoever asks, (products × PRODUCT)."""
        trends = self.trends
        columns = [
            *np.log1p(trends.buyers).T, np.log1p(trends.everyone), trends.rising, trends.on_shelf, trends.last_sold,
            trends.again, trends.rhythm, trends.pieces, self.offered.prices,
        ]  # fmt: skip
        return np.stack(columns, axis=1).astype(np.float32)


def learn(
    ledger: Ledger,
    offered: Assortment,
    alike: Rows,
    *,
    factors: FitFactors = fit_factors,
    earlier: Knowledge | None = None,
) -> Knowledge:
    """Learn all there is to know from the purchases of a ledger.

    Parameters
    ----------
    alike : the relation by words, which does not change with time.
    factors : how products are factorised; Spark does it where the purchases are too many for one machine.
    earlier : knowledge of an earlier moment whose relations and factors are taken over: they change slowly, and are
        most of the work. Trends and the crowd are always learnt.
    """
    return Knowledge(
        offered=offered,
        relations=relate(ledger, alike) if earlier is None else earlier.relations,
        trends=trends_of(ledger),
        crowd=crowd_of(ledger),
        factors=factors(ledger) if earlier is None else earlier.factors,
    )
