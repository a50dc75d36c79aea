"""The port through which customers review what they bought: our SQL implementation, or a shop's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from analytics.records import Product

#: Stars of the best review; the worst has one.
MOST_STARS = 5
#: Letters of a review at most; what is longer is cut.
LONGEST_REVIEW = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a customer thinks of a product; `product` None for one that is sold no more."""

    product_id: str
    stars: int
    text: str
    written_at: datetime
    product: Product | None = None


class ReviewService(Protocol):
    """What can be done with reviews. Every method raises `AnalyticsUnavailable` when the store does not answer."""

    def bought(self, customer_id: str) -> list[Product]:
        """Give what she may review: each product of her orders once, the latest bought first."""

    def of_customer(self, customer_id: str) -> list[Review]:
        """Give her reviews, the newest first."""

    def write(
        self, customer_id: str, product_id: str, *, stars: int, text: str, sentiment: float | None, key: str
    ) -> bool:
        """Keep a review, or change the one she wrote of this product before; the same key again changes nothing.

        Returns
        -------
        Whether it is kept; False where she never bought the product.

        Raises
        ------
        ValueError : `stars` is not 1 to 5.
        """
