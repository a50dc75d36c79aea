"""Bundles: a product with what lies in the same baskets, at the price the shop allows for them together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from analytics.products import product_record
from analytics.recommendation.asker import Asker
from analytics.recommendation.bundle_price import bundle_cents, bundle_id, cents
from analytics.recommendation.rules import Rules, names_of
from analytics.recommendation.together import Together
from analytics.recommendation_records import Bundle, BundlePolicy
from analytics.records import Reason
from store.repositories.catalogue import ProductRow, products_by_id

#: Companions looked at, of which some may not be bundled.
_LOOKED_AT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundles:
    """Puts bundles together.

    Parameters
    ----------
    sold_together : whether an order can be placed at a bundle's price, where that comes to so many major units at most;
        None: it can't, so a bundle costs the sum of its prices.
    """

    together: Together
    rules: Rules
    policy: BundlePolicy
    now: datetime
    sold_together: float | None

    def around(
        self, connection: Connection, product_ids: Sequence[str], asker: Asker, *, exclude: Collection[str] = ()
    ) -> Bundle | None:
        """Give the products (the first of them, where they are too many) with those that go with them best."""
        wanted = list(dict.fromkeys(product_ids))[: self.policy.most_products - 1]
        if not wanted or not self._all_allowed(connection, wanted, asker):
            return None
        found = self.together.goes_with(connection, wanted, asker, limit=_LOOKED_AT, exclude=exclude)
        rows = products_by_id(connection, [one.product.product_id for one in found])
        beside = [one for one in found if self._may_bundle(rows[one.product.product_id], asker)]
        beside = beside[: self.policy.most_products - len(wanted)]
        if not beside:
            return None
        return self.of(connection, [*wanted, *(one.product.product_id for one in beside)], asker, beside[0].reason)

    def of(self, connection: Connection, product_ids: Sequence[str], asker: Asker, reason: Reason) -> Bundle | None:
        """Give these products as a bundle; None where one of them cannot be had or is not bundled."""
        rows = products_by_id(connection, product_ids)
        listed = [rows[one] for one in product_ids if one in rows]
        if len(listed) != len(product_ids) or not all(self._may_bundle(row, asker) for row in listed):
            return None
        prices = [cents(row.price or 0.0) for row in listed]
        price, together = sum(prices), self._together_cents(prices, listed)
        return Bundle(
            products=tuple(map(product_record, listed)),
            price=price / 100,
            bundle_price=together / 100,
            saving=(price - together) / 100,
            reason=reason,
            bundle_id=bundle_id(product_ids, prices, together),
            until=self.now + timedelta(hours=self.policy.hours),
        )

    def _together_cents(self, prices: Sequence[int], rows: Sequence[ProductRow]) -> int:
        together = bundle_cents(prices, [row.margin for row in rows], self.policy)
        fits = self.sold_together is not None and together <= cents(self.sold_together)
        return together if fits else sum(prices)

    def _all_allowed(self, connection: Connection, product_ids: Sequence[str], asker: Asker) -> bool:
        rows = products_by_id(connection, product_ids)
        return all(one in rows and self._may_bundle(rows[one], asker) for one in product_ids)

    def _may_bundle(self, row: ProductRow, asker: Asker) -> bool:
        allowed = self.rules.allow(row, of_age=self.rules.of_age(asker.age))
        return allowed and not names_of(row) & self.policy.without
