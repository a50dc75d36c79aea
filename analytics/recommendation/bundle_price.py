"""What a bundle costs: the shop's percentage off the sum, within its bounds, exact to the cent; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from analytics.recommendation_records import BundlePolicy


def cents(amount: float) -> int:
    """Give an amount in major units as whole cents, halves rounded up."""
    return int((Decimal(str(amount)) * 100).to_integral_value(ROUND_HALF_UP))


def bundle_cents(prices: Sequence[int], margins: Sequence[float | None], policy: BundlePolicy) -> int:
    """Give what products cost together, in cents: never more than their sum, never less than the shop allows.

    Fractions of a cent are rounded up, so that no more than the shop's percentage is taken off.

    Parameters
    ----------
    prices : of the products, in cents.
    margins : the share of each price above what it cost the shop, None where unknown.
    """
    whole = sum(prices)
    if not policy.percent_off or whole < cents(policy.least_price):
        return whole
    share = 1 - Decimal(str(policy.percent_off)) / 100
    lowest = [_up(whole * share)]
    if policy.most_saving is not None:
        lowest.append(whole - cents(policy.most_saving))
    known = [one for one in margins if one is not None]
    if policy.least_margin is not None and len(known) == len(prices):
        cost = sum(price * (1 - Decimal(str(margin))) for price, margin in zip(prices, known, strict=True))
        lowest.append(_up(cost / (1 - Decimal(str(policy.least_margin)))))
    return min(max(lowest), whole)


def bundle_id(product_ids: Sequence[str], prices: Sequence[int], together: int) -> str:
    """Name a bundle by its products and prices: another one when any of them changes."""
    told = repr((tuple(product_ids), tuple(prices), together))
    return f"bundle-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def _up(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_CEILING))
