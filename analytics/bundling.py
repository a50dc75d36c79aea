"""The part of the door that knows both what goes together and how orders are placed: bundles."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from analytics.failures import unavailable_on_database_failure
from analytics.ports import Ports
from analytics.recommendation.bundles import Bundles
from analytics.recommendation_records import Bundle
from analytics.recommending import Recommending
from analytics.records import Reason
from store.repositories.orders import latest_orders

#: Of a bundle whose products are given.
_CHOSEN = Reason(kind="goes_with", text="often bought together")


class Bundling(Recommending, Ports):
    """The part of `analytics.facade.Analytics` that offers bundles."""

    @unavailable_on_database_failure
    def bundle(
        self, product_ids: Sequence[str], *, customer_id: str | None = None, exclude: frozenset[str] = frozenset()
    ) -> Bundle | None:
        """See `Analytics.bundle`."""
        with self._database.read() as connection:
            asker = self._asker(connection, customer_id)
            return self._bundles(connection, customer_id).around(connection, product_ids, asker, exclude=exclude)

    @unavailable_on_database_failure
    def bundle_again(self, product_ids: Sequence[str], *, customer_id: str | None = None) -> Bundle | None:
        """See `Analytics.bundle_again`."""
        with self._database.read() as connection:
            asker = self._asker(connection, customer_id)
            return self._bundles(connection, customer_id).of(connection, product_ids, asker, _CHOSEN)

    def _bundles(self, connection: Connection, customer_id: str | None) -> Bundles:
        # Whether she has ordered before decides whether she can order in the chat at all: nothing else of it is read.
        ordering = self._ordering_service
        orders_here = customer_id is None or bool(latest_orders(connection, customer_id, 1))
        return Bundles(
            together=self._together,
            rules=self._rules,
            policy=self._shop.bundles,
            now=self._clock(),
            sold_together=ordering.policy.most_total if ordering.takes_bundles and orders_here else None,
        )
