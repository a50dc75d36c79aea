"""What a bundle takes off an order, and which line bears how much of it; pure, in whole cents."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.ordering_records import BundlePrice
from analytics.recommendation.bundle_price import cents
from analytics.records import OrderLine


def discount_of(lines: Sequence[OrderLine], bundle: BundlePrice | None) -> int:
    """Give what a bundle takes off, in cents; 0 where the lines don't hold all of it, or at other prices than told."""
    if bundle is None:
        return 0
    prices = {line.product.product_id: cents(line.product.price or 0.0) for line in lines}
    if not set(bundle.product_ids) <= prices.keys():
        return 0
    price, saving = sum(prices[one] for one in bundle.product_ids), cents(bundle.saving)
    return saving if price == cents(bundle.price) and 0 < saving < price else 0


def shared_out(lines: Sequence[OrderLine], bundle: BundlePrice | None) -> list[int]:
    """Give each line's share of the discount, in cents, by the prices of the bundle's products; it adds up exactly."""
    off, inside = discount_of(lines, bundle), set(bundle.product_ids if bundle else ())
    weights = [cents(line.product.price or 0.0) if line.product.product_id in inside else 0 for line in lines]
    shares, before, weighed = [], 0, 0
    for weight in weights:
        weighed += weight
        until = off * weighed // max(sum(weights), 1)
        shares.append(until - before)
        before = until
    return shares
