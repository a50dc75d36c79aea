"""The order service on our own store: one transaction a request, bound by the shop's policy, harmless to repeat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection

from analytics.failures import unavailable_on_database_failure
from analytics.order_records import (
    Allowed,
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
from analytics.orders.policy import judge
from analytics.orders.tracking import order_of
from analytics.shop.loader import DeliveryPromise
from store.engine import Database
from store.repositories.order_requests import (
    RequestRow,
    add_request,
    request_of_key,
    requests_of_customer,
    requests_of_order,
)
from store.repositories.orders import change_address, change_status, lock_order

#: Kinds of requests after which money may come back.
_WITH_REFUND = frozenset({"cancel", "return", "problem"})


class SqlOrderService:
    """Implements `analytics.order_service.OrderService`; on `store.memory.memory_database()` it is its own twin.

    Parameters
    ----------
    database : with all tables.
    policy : what the shop allows.
    promise : how long delivery takes, where the shop reports no status.
    clock : gives the present moment, aware.
    """

    def __init__(
        self, database: Database, policy: OrderPolicy, promise: DeliveryPromise, *, clock: Callable[[], datetime]
    ) -> None:
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
            return self._judged(connection, request, self._clock())

    @unavailable_on_database_failure
    def carry_out(self, request: OrderRequest, key: str) -> Done | Refused | UnknownOrder:
        """See `OrderService.carry_out`."""
        now = self._clock()
        with self._database.write() as connection:
            lock_order(connection, request.order_id)
            earlier = request_of_key(connection, key)
            if earlier is not None:
                # A key belongs to whoever used it first: nobody reads another person's outcome by it.
                return _done(earlier, repeated=True) if earlier.customer_id == request.customer_id else UnknownOrder()
            judged = self._judged(connection, request, now)
            if not isinstance(judged, Allowed):
                return judged
            row = _row(request, judged, key, now)
            add_request(connection, row)
            self._change(connection, request, judged)
            return _done(row)

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
            if row.kind in _WITH_REFUND and order_id in (None, row.order_id)
        ]

    @unavailable_on_database_failure
    def identify(self, claim: IdentityClaim) -> Verified | Unverified:
        """See `OrderService.identify`."""
        with self._database.write() as connection:
            return identify(connection, claim, self._clock())

    def _judged(self, connection: Connection, request: OrderRequest, now: datetime) -> Allowed | Refused | UnknownOrder:
        order = order_of(connection, request.order_id, request.customer_id, now=now, promise=self._promise)
        if order is None:
            return UnknownOrder()
        return judge(order, request, requests_of_order(connection, request.order_id), self._policy, now)

    @staticmethod
    def _change(connection: Connection, request: OrderRequest, judged: Allowed) -> None:
        """Change the order itself; a reported problem leaves it as it is."""
        if request.kind == "cancel":
            change_status(connection, request.order_id, "cancelled")
        elif request.kind == "return":
            change_status(connection, request.order_id, "return requested")
        elif request.kind == "address":
            change_address(connection, judged.order.order_id, request.address or "")


def _row(request: OrderRequest, judged: Allowed, key: str, now: datetime) -> RequestRow:
    return RequestRow(
        request_id=str(uuid4()),
        key=key,
        order_id=request.order_id,
        customer_id=request.customer_id,
        kind=request.kind,
        product_ids=list(judged.product_ids),
        reason=request.problem,
        address=request.address,
        amount=judged.amount,
        refund_by=judged.refund_by,
        status="open" if judged.needs_person or request.kind == "return" else "done",
        created_at=now,
    )


def _done(row: RequestRow, *, repeated: bool = False) -> Done:
    return Done(
        request_id=row.request_id,
        kind=row.kind,  # type: ignore[arg-type]  # only `carry_out` writes it
        order_id=row.order_id,
        product_ids=tuple(row.product_ids),
        amount=row.amount,
        refund_by=row.refund_by,
        needs_person=row.kind == "problem" and row.status == "open",
        repeated=repeated,
    )
