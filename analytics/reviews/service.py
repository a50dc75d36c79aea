"""Reviews on our own store: one of each customer and product, one transaction a request, harmless to repeat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from analytics.failures import unavailable_on_database_failure
from analytics.products import product_record
from analytics.records import Product
from analytics.review_service import LONGEST_REVIEW, MOST_STARS, Review
from store.engine import Database
from store.repositories import reviews as kept
from store.repositories.accounts import lock_customer
from store.repositories.catalogue import products_by_id
from store.repositories.reviews import ReviewRow


class SqlReviewService:
    """Implements `analytics.review_service.ReviewService`; in memory it is its own twin.

    Parameters
    ----------
    database : with all tables.
    clock : gives the present moment, aware.
    """

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    @unavailable_on_database_failure
    def bought(self, customer_id: str) -> list[Product]:
        """See `ReviewService.bought`."""
        with self._database.read() as connection:
            ids = kept.bought_by(connection, customer_id)
            known = products_by_id(connection, ids)
        return [product_record(known[product_id]) for product_id in ids if product_id in known]

    @unavailable_on_database_failure
    def of_customer(self, customer_id: str) -> list[Review]:
        """See `ReviewService.of_customer`."""
        with self._database.read() as connection:
            rows = kept.reviews_of(connection, customer_id)
            known = products_by_id(connection, {row.product_id for row in rows})
        sold = {product_id: product_record(row) for product_id, row in known.items()}
        return [
            Review(
                product_id=row.product_id,
                stars=row.stars,
                text=row.text,
                written_at=row.created_at,
                product=sold.get(row.product_id),
            )
            for row in rows
        ]

    @unavailable_on_database_failure
    def write(
        self, customer_id: str, product_id: str, *, stars: int, text: str, sentiment: float | None, key: str
    ) -> bool:
        """See `ReviewService.write`."""
        if not 1 <= stars <= MOST_STARS:
            raise ValueError(f"A review has 1 to {MOST_STARS} stars, not {stars}.")
        with self._database.write() as connection:
            lock_customer(connection, customer_id)
            if product_id not in kept.bought_by(connection, customer_id):
                return False
            words = text.strip()[:LONGEST_REVIEW]
            kept.put_review(
                connection,
                ReviewRow(
                    review_id=str(uuid4()),
                    key=key,
                    customer_id=customer_id,
                    product_id=product_id,
                    stars=stars,
                    text=words,
                    sentiment=sentiment if words else None,
                    created_at=self._clock(),
                ),
            )
        return True
