"""The doors to what customers think: reviews of products and ratings of chats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from analytics.rating_service import RatingService
from analytics.ratings.service import SqlRatingService
from analytics.review_service import ReviewService
from analytics.reviews.service import SqlReviewService
from store.engine import Database


class Opinions:
    """The part of `analytics.facade.Analytics` about them.

    Parameters
    ----------
    database : with all tables.
    clock : gives the present moment, aware.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._reviews = SqlReviewService(database, clock=clock)
        self._ratings = SqlRatingService(database, clock=clock)

    def review_service(self) -> ReviewService:
        """See `Analytics.review_service`."""
        return self._reviews

    def rating_service(self) -> RatingService:
        """See `Analytics.rating_service`."""
        return self._ratings
