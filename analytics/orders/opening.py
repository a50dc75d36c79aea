"""Where a shop's orders are kept: in our own store, or in the shop's own system."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from analytics.order_service import OrderService, OrderSystem
from analytics.ordering_records import OrderingPolicy
from analytics.ordering_service import OrderingService
from analytics.orders.http import HttpOrderService
from analytics.orders.mirror import MirroredOrderService
from analytics.orders.placing import OnPlaced, SqlOrderingService
from analytics.orders.service import SqlOrderService
from analytics.shop.loader import Shop
from store.engine import Database


def orders_kept(
    database: Database, shop: Shop, system: OrderSystem | None, clock: Callable[[], datetime]
) -> OrderService:
    """Give the service that changes orders.

    Parameters
    ----------
    system : the shop's own, asked over HTTP; None: orders are changed in the database.
    """
    policy, zone = shop.order_policy, shop.timezone
    if system is None:
        return SqlOrderService(database, policy, shop.promise, clock=clock, timezone=zone)
    return MirroredOrderService(HttpOrderService(system, policy, clock=clock, timezone=zone), database)


def orders_placed(
    database: Database, shop: Shop, system: OrderSystem | None, clock: Callable[[], datetime], on_placed: OnPlaced
) -> OrderingService:
    """Give the service that places new orders; none are where the shop's own system would not know of them.

    Parameters
    ----------
    on_placed : works an order that was just placed into the customer's live profile.
    """
    allowed = shop.ordering if system is None else OrderingPolicy()
    return SqlOrderingService(database, allowed, shop.promise, clock=clock, on_placed=on_placed)
