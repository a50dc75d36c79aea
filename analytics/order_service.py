"""The port through which orders are changed: our SQL implementation serves it, or a shop's own system over HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from analytics.order_records import (
    Allowed,
    DeliverySlot,
    Done,
    IdentityClaim,
    OrderPolicy,
    OrderRequest,
    Refund,
    Refused,
    UnknownOrder,
    Unverified,
    Verified,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSystem:
    """Where a shop's own order system answers; see docs/how-to/plug-in-your-order-system.md."""

    #: Calls go to `<url>/check` and the like.
    url: str
    #: Known to both sides: signs each call.
    secret: str = field(repr=False)
    #: Longest wait for one try; two of them and a little work fit into the five seconds of an action.
    seconds: float = 2.0


class OrderService(Protocol):
    """What can be done about an order. Every method raises `AnalyticsUnavailable` when the store does not answer."""

    @property
    def policy(self) -> OrderPolicy:
        """What the shop allows."""

    def check(self, request: OrderRequest) -> Allowed | Refused | UnknownOrder:
        """Tell what would come of a request; changes nothing."""

    def carry_out(self, request: OrderRequest, key: str) -> Done | Refused | UnknownOrder:
        """Do it, if the policy still allows it. The same `key` (1 to 200 characters) again changes nothing."""

    def moment(self) -> datetime:
        """Give the present moment in the shop's own time zone, from which "tomorrow" is told."""

    def slots(self) -> list[DeliverySlot]:
        """Give the delivery slots that can be chosen now, soonest first; none where the shop offers none."""

    def refunds(self, customer_id: str, order_id: str | None = None) -> list[Refund]:
        """Give the refunds under way or paid for one order, or for all of hers; newest first."""

    def identify(self, claim: IdentityClaim) -> Verified | Unverified:
        """Check a visitor's claim; five failed tries in a conversation, or an hour, and nothing is checked any more."""
