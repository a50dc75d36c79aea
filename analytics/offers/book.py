"""The offers that can be made now or soon, what each covers, and how readily each segment uses such offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from store.repositories.catalogue import products_by_id
from store.repositories.offers import OfferRow, offers_not_over, products_of_offers, redeemers_by_category
from store.repositories.profiles import segment_members

#: How many customers' worth of the general rate is mixed into a segment's own: small segments prove little.
_PRIOR_CUSTOMERS = 50.0
#: Products of an offer looked at for how much it sells.
_PRODUCTS_WEIGHED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Redemptions:
    """Customers who redeemed an offer of a category, by segment and in all; sizes of the segments.

    The source does not tell to whom an offer was shown, so a rate is redeemers per customer, not per showing.
    """

    by_segment: Mapping[tuple[str, int], int]
    by_category: Mapping[str, int]
    segment_sizes: Mapping[int, int]

    def rate(self, category: str, segment_id: int | None) -> float:
        """Give the smoothed share of the segment (of everybody for None) that redeemed in the category, > 0."""
        everybody = max(sum(self.segment_sizes.values()), 1)
        usual = (sum(self.by_category.values()) + 1) / (max(len(self.by_category), 1) * everybody + 1)
        of_all = (self.by_category.get(category, 0) + _PRIOR_CUSTOMERS * usual) / (everybody + _PRIOR_CUSTOMERS)
        if segment_id is None:
            return of_all
        own = self.by_segment.get((category, segment_id), 0)
        return (own + _PRIOR_CUSTOMERS * of_all) / (self.segment_sizes.get(segment_id, 0) + _PRIOR_CUSTOMERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferBook:
    """Offers by id with the products each covers, and the reverse; `sold` is how often those products were bought."""

    offers: Mapping[str, OfferRow]
    covered: Mapping[str, frozenset[str]]
    offers_of_product: Mapping[str, tuple[str, ...]]
    sold: Mapping[str, int]
    redemptions: Redemptions

    def running(self, now: datetime) -> list[OfferRow]:
        """Give the offers that hold at this moment."""
        return [
            row
            for row in self.offers.values()
            if (row.starts_at is None or row.starts_at <= now) and (row.ends_at is None or now < row.ends_at)
        ]


def read_book(connection: Connection, now: datetime, left_out: frozenset[str]) -> OfferBook:
    """Read the book; offers of the categories `left_out` (lower case) are not in it."""
    rows = [row for row in offers_not_over(connection, now) if (row.category or "").lower() not in left_out]
    covered = products_of_offers(connection, [row.offer_id for row in rows])
    offers_of_product: dict[str, list[str]] = {}
    for offer_id in sorted(covered):
        for product_id in covered[offer_id]:
            offers_of_product.setdefault(product_id, []).append(offer_id)
    return OfferBook(
        offers={row.offer_id: row for row in rows},
        covered=covered,
        offers_of_product={product_id: tuple(ids) for product_id, ids in offers_of_product.items()},
        sold={offer_id: _sold(connection, ids) for offer_id, ids in covered.items()},
        redemptions=_read_redemptions(connection),
    )


def _sold(connection: Connection, product_ids: frozenset[str]) -> int:
    some = sorted(product_ids)[:_PRODUCTS_WEIGHED]
    return sum(row.times_sold for row in products_by_id(connection, some).values() if row.in_stock)


def _read_redemptions(connection: Connection) -> Redemptions:
    by_segment: dict[tuple[str, int], int] = {}
    by_category: Counter[str] = Counter()
    for category, segment_id, customers in redeemers_by_category(connection):
        by_category[category or ""] += customers
        if segment_id is not None:
            by_segment[category or "", segment_id] = customers
    return Redemptions(
        by_segment=by_segment,
        by_category=by_category,
        segment_sizes=Counter(segment_members(connection).values()),
    )
