"""The shop's own order system, where one is set."""

from __future__ import annotations

from analytics.facade import AnalyticsUnavailable
from analytics.order_records import OrderPolicy
from analytics.orders.http import HttpOrderService
from rapport.checks.check import Check, fail, ok
from rapport.settings import Settings

#: No customer's id: a shop that knows nobody by it answers with an empty list.
_NOBODY = "rapport-doctor"


def check_orders(settings: Settings) -> list[Check]:
    """Ask it for nobody's refunds: proves address, secret and clock, and changes nothing."""
    system = settings.order_system
    if system is None:
        return []
    try:
        HttpOrderService(system, OrderPolicy()).refunds(_NOBODY)
    except AnalyticsUnavailable as error:
        told, _, remedy = str(error).rstrip(".").rpartition("; ")
        return [fail("orders", told or remedy, remedy)]
    return [ok("orders", f"the shop's order system answers at {system.url}")]
