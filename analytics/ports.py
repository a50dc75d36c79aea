"""The ports through which something is kept: orders, accounts, complaints, lists, reviews, ratings, events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from analytics.account_service import AccountService
from analytics.accounts.service import SqlAccountService
from analytics.complaint_service import ComplaintService
from analytics.complaints.service import SqlComplaintService
from analytics.event_service import EventService
from analytics.events.service import SqlEventService
from analytics.insight_service import InsightService
from analytics.order_service import OrderService, OrderSystem
from analytics.ordering_service import OrderingService
from analytics.orders.opening import orders_kept, orders_placed
from analytics.rating_service import RatingService
from analytics.ratings.service import SqlRatingService
from analytics.reporting.service import SqlInsightService
from analytics.review_service import ReviewService
from analytics.reviews.service import SqlReviewService
from analytics.shop.loader import Shop
from analytics.shopping.service import SqlShoppingService
from analytics.shopping_service import ShoppingService
from store.engine import Database


class Ports:
    """The part of `analytics.facade.Analytics` that hands them out.

    Parameters
    ----------
    database : with all tables.
    artifacts_dir : where the models lie.
    shop : its policies.
    order_system : the shop's own, asked over HTTP; None: orders are changed in the database.
    clock : gives the present moment, aware.
    """

    def __init__(
        self,
        database: Database,
        artifacts_dir: Path,
        shop: Shop,
        order_system: OrderSystem | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._events = SqlEventService(database, artifacts_dir, shop.timezone)
        self._order_service = orders_kept(database, shop, order_system, clock)
        self._ordering_service = orders_placed(database, shop, order_system, clock, self._events.count_orders)
        self._account_service = SqlAccountService(database, shop.account_policy, clock=clock)
        self._complaint_service = SqlComplaintService(database, shop.complaint_policy, clock=clock)
        self._shopping_service = SqlShoppingService(database, clock=clock)
        self._reviews = SqlReviewService(database, clock=clock)
        self._ratings = SqlRatingService(database, clock=clock)
        self._insights = SqlInsightService(database, artifacts_dir)

    def order_service(self) -> OrderService:
        """See `Analytics.order_service`."""
        return self._order_service

    def ordering_service(self) -> OrderingService:
        """See `Analytics.ordering_service`."""
        return self._ordering_service

    def account_service(self) -> AccountService:
        """See `Analytics.account_service`."""
        return self._account_service

    def complaint_service(self) -> ComplaintService:
        """See `Analytics.complaint_service`."""
        return self._complaint_service

    def shopping_service(self) -> ShoppingService:
        """See `Analytics.shopping_service`."""
        return self._shopping_service

    def review_service(self) -> ReviewService:
        """See `Analytics.review_service`."""
        return self._reviews

    def rating_service(self) -> RatingService:
        """See `Analytics.rating_service`."""
        return self._ratings

    def event_service(self) -> EventService:
        """See `Analytics.event_service`."""
        return self._events

    def insights(self) -> InsightService:
        """See `Analytics.insights`."""
        return self._insights
