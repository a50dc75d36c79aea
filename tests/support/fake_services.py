"""The services behind `FakeAnalytics`: the real ones, on a database in memory at a fixed moment."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

from analytics.accounts.service import SqlAccountService
from analytics.complaints.service import SqlComplaintService
from analytics.events.service import SqlEventService
from analytics.insight_service import InsightService
from analytics.ordering_records import OrderingPolicy
from analytics.orders.placing import SqlOrderingService
from analytics.orders.service import SqlOrderService
from analytics.ratings.service import SqlRatingService
from analytics.reviews.service import SqlReviewService
from analytics.shopping.service import SqlShoppingService
from store.engine import Database
from tests.support import order_store
from tests.support.fake_insights import FakeInsights


class FakeServices(ABC):
    """Each is made anew when it is asked for; what they keep stays in the database."""

    ordering: OrderingPolicy
    #: What people are shown of the whole shop.
    shown: FakeInsights

    @abstractmethod
    def kept(self) -> Database:
        """The database behind the services."""

    @abstractmethod
    def _ask(self, question: str) -> None:
        """Take down that something was asked; fails where the store is down."""

    def order_service(self) -> SqlOrderService:
        self._ask("order_service")
        return order_store.service_on(self.kept())

    def ordering_service(self) -> SqlOrderingService:
        self._ask("ordering_service")
        return order_store.ordering_on(self.kept(), self.ordering)

    def account_service(self) -> SqlAccountService:
        self._ask("account_service")
        return order_store.accounts_on(self.kept())

    def complaint_service(self) -> SqlComplaintService:
        self._ask("complaint_service")
        return order_store.complaints_on(self.kept())

    def shopping_service(self) -> SqlShoppingService:
        self._ask("shopping_service")
        return SqlShoppingService(self.kept(), clock=lambda: order_store.NOW)

    def review_service(self) -> SqlReviewService:
        self._ask("review_service")
        return SqlReviewService(self.kept(), clock=lambda: order_store.NOW)

    def rating_service(self) -> SqlRatingService:
        self._ask("rating_service")
        return SqlRatingService(self.kept(), clock=lambda: order_store.NOW)

    def event_service(self) -> SqlEventService:
        """Works in whichever database the caller's transaction is of; without segments."""
        return SqlEventService(self.kept(), Path("absent"), "UTC")

    def insights(self) -> InsightService:
        self._ask("insights")
        return self.shown
