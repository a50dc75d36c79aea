"""The order service on our own store: one transaction a request, bound by the shop's policy, harmless to repeat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from analytics.failures import unavailable_on_database_failure
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
from analytics.orders.identity import identify
from analytics.orders.policy import Situation, judge
from analytics.orders.slots import slots_from
from analytics.orders.tracking import order_of
from analytics.orders.writing import done, request_row, write_change
from analytics.products import product_record
from analytics.records import Product
from analytics.shop.loader import DeliveryPromise
from store.engine import Database
from store.repositories.catalogue import products_by_id
from store.repositories.order_requests import (
    add_request,
    request_of_key,
    requests_of_customer,
    requests_of_order,
)
from store.repositories.orders import lock_order

#: Kinds of requests after which money may come back.
_WITH_REFUND = frozenset({"cancel", "return", "problem"})
#: Kinds of which only those with money on its way back are refunds.
_MAY_PAY_BACK = frozenset({"items", "exchange"})


class SqlOrderService:
    """Implements `analytics.order_service.OrderService`; on `store.memory.memory_database()` it is its own twin.

    Parameters
    ----------
    database : with all tables.
    policy : what the shop allows.
    promise : how long delivery takes, where the shop reports no status.
    clock : gives the present moment, aware.
    timezone : IANA name of the zone in which delivery slots are told.
    """

    def __init__(
        self,
        database: Database,
        policy: OrderPolicy,
        promise: DeliveryPromise,
        *,
        clock: Callable[[], datetime],
        timezone: str = "UTC",
    ) -> None:
        self._timezone = timezone
        self._database = database
        self._policy = policy
        self._promise = promise
        self._clock = clock

    @property
    def policy(self) -> OrderPolicy:
        """See `OrderService.policy`."""
        return self._policy

    @unavailable_on_database_failure
    def check(self, request: OrderRequest) -> Allowed | Refused | UnknownOrder:
        """See `OrderService.check`."""
        with self._database.read() as connection:
            return self._judged(connection, request, self._clock(), _named(connection, request))

    @unavailable_on_database_failure
    def carry_out(self, request: OrderRequest, key: str) -> Done | Refused | UnknownOrder:
        """See `OrderService.carry_out`."""
        now = self._clock()
        with self._database.write() as connection:
            lock_order(connection, request.order_id)
            earlier = request_of_key(connection, key)
            if earlier is not None:
                # A key belongs to whoever used it first: nobody reads another person's outcome by it.
                return done(earlier, repeated=True) if earlier.customer_id == request.customer_id else UnknownOrder()
            products = _named(connection, request)
            judged = self._judged(connection, request, now, products)
            if not isinstance(judged, Allowed):
                return judged
            row = request_row(request, judged, key, now)
            add_request(connection, row)
            write_change(connection, request, judged, products)
            return done(row)

    @unavailable_on_database_failure
    def refunds(self, customer_id: str, order_id: str | None = None) -> list[Refund]:
        """See `OrderService.refunds`."""
        with self._database.read() as connection:
            asked = requests_of_customer(connection, customer_id)
        return [
            Refund(
                order_id=row.order_id,
                kind=row.kind,  # type: ignore[arg-type]  # only `carry_out` writes it
                amount=row.amount,
                refund_by=row.refund_by,
                asked_at=row.created_at,
            )
            for row in reversed(asked)
            if (row.kind in _WITH_REFUND or (row.kind in _MAY_PAY_BACK and row.amount))
            and order_id in (None, row.order_id)
        ]

    @unavailable_on_database_failure
    def identify(self, claim: IdentityClaim) -> Verified | Unverified:
        """See `OrderService.identify`."""
        with self._database.write() as connection:
            return identify(connection, claim, self._clock())

    def moment(self) -> datetime:
        """See `OrderService.moment`."""
        return self._clock().astimezone(ZoneInfo(self._timezone))

    @unavailable_on_database_failure
    def slots(self) -> list[DeliverySlot]:
        """See `OrderService.slots`."""
        return slots_from(self._policy, self._clock(), self._timezone)

    def _judged(
        self, connection: Connection, request: OrderRequest, now: datetime, products: Mapping[str, Product]
    ) -> Allowed | Refused | UnknownOrder:
        order = order_of(connection, request.order_id, request.customer_id, now=now, promise=self._promise)
        if order is None:
            return UnknownOrder()
        situation = Situation(
            policy=self._policy,
            now=now,
            before=requests_of_order(connection, request.order_id),
            slots=slots_from(self._policy, now, self._timezone) if request.kind == "slot" else (),
            products=products,
        )
        return judge(order, request, situation)


def _named(connection: Connection, request: OrderRequest) -> dict[str, Product]:
    """Give what the catalogue knows of the products that a request names."""
    named = {change.product_id for change in request.changes} | (
        {request.replacement} if request.replacement else set()
    )
    return {key: product_record(row) for key, row in products_by_id(connection, named).items()} if named else {}
