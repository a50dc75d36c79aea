"""The port through which new orders are placed in the chat: our SQL implementation serves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from analytics.ordering_records import BasketItem, BundlePrice, NotPlaced, OrderingPolicy, Placed, Quote


class OrderingService(Protocol):
    """How orders are placed. Every method raises `AnalyticsUnavailable` when the store does not answer."""

    @property
    def policy(self) -> OrderingPolicy:
        """What the shop allows."""

    @property
    def takes_bundles(self) -> bool:
        """Whether an order can be placed at a bundle's price; where it can't, none may be told."""

    def quote(self, items: Sequence[BasketItem], *, bundle: BundlePrice | None = None) -> Quote:
        """Tell what a basket costs today and what of it cannot be had; changes nothing.

        Parameters
        ----------
        bundle : taken off once, where all its products are in the basket, can be had, and cost what they cost then.
        """

    def place(
        self,
        customer_id: str,
        items: Sequence[BasketItem],
        *,
        agreed: float,
        key: str,
        bundle: BundlePrice | None = None,
    ) -> Placed | NotPlaced:
        """Place an order for what can be had of a basket.

        Parameters
        ----------
        bundle : as in `quote`; the order's lines bear the discount, each its share.
        agreed : the total she said yes to; where it comes to something else by now, nothing is placed.
        key : 1 to 200 characters; the same key again places nothing and gives the order there is.
        """
