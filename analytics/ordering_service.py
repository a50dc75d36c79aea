"""The port through which new orders are placed in the chat: our SQL implementation serves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from analytics.ordering_records import BasketItem, NotPlaced, OrderingPolicy, Placed, Quote


class OrderingService(Protocol):
    """How orders are placed. Every method raises `AnalyticsUnavailable` when the store does not answer."""

    @property
    def policy(self) -> OrderingPolicy:
        """What the shop allows."""

    def quote(self, items: Sequence[BasketItem]) -> Quote:
        """Tell what a basket costs today and what of it cannot be had; changes nothing."""

    def place(self, customer_id: str, items: Sequence[BasketItem], *, agreed: float, key: str) -> Placed | NotPlaced:
        """Place an order for what can be had of a basket.

        Parameters
        ----------
        agreed : the total she said yes to; where it comes to something else by now, nothing is placed.
        key : 1 to 200 characters; the same key again places nothing and gives the order there is.
        """
