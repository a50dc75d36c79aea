"""What a shop's own system did, noted in our tables at once, so that the bot does not speak of yesterday's state."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

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
from analytics.orders.http import HttpOrderService
from analytics.orders.writing import STATUS
from store.engine import Database
from store.repositories.orders import change_order

logger = logging.getLogger(__name__)


class MirroredOrderService:
    """Implements `analytics.order_service.OrderService`: the shop's own, and our copy of the order kept up with it.

    What is noted is the order's state, address and way to pay. The state goes where the import writes it, which has
    the last word; items and slot are known here when they are imported.

    Parameters
    ----------
    shops : decides and acts.
    database : where the import keeps the shop's orders.
    """

    def __init__(self, shops: HttpOrderService, database: Database) -> None:
        self._shops = shops
        self._database = database

    @property
    def policy(self) -> OrderPolicy:
        """See `OrderService.policy`."""
        return self._shops.policy

    def check(self, request: OrderRequest) -> Allowed | Refused | UnknownOrder:
        """See `OrderService.check`."""
        return self._shops.check(request)

    def carry_out(self, request: OrderRequest, key: str) -> Done | Refused | UnknownOrder:
        """See `OrderService.carry_out`."""
        outcome = self._shops.carry_out(request, key)
        if isinstance(outcome, Done):
            self._note(request)
        return outcome

    def refunds(self, customer_id: str, order_id: str | None = None) -> list[Refund]:
        """See `OrderService.refunds`."""
        return self._shops.refunds(customer_id, order_id)

    def moment(self) -> datetime:
        """See `OrderService.moment`."""
        return self._shops.moment()

    def slots(self) -> list[DeliverySlot]:
        """See `OrderService.slots`."""
        return self._shops.slots()

    def identify(self, claim: IdentityClaim) -> Verified | Unverified:
        """See `OrderService.identify`."""
        return self._shops.identify(claim)

    def _note(self, request: OrderRequest) -> None:
        values = {
            "status": STATUS.get(request.kind),
            "delivery_address": request.address if request.kind == "address" else None,
            "payment_method": request.payment_method if request.kind == "payment" else None,
        }
        changed = {name: value for name, value in values.items() if value}
        if not changed:
            return
        try:
            with self._database.write() as connection:
                change_order(connection, request.order_id, **changed)
        except SQLAlchemyError:
            # It is done, and that is what she has to hear; the next import brings the rest.
            logger.warning("an order changed by the shop's system could not be noted here", exc_info=True)
