"""New orders on our own store: priced today, placed once a key, in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from analytics.failures import unavailable_on_database_failure
from analytics.ordering_records import (
    BasketItem,
    BundlePrice,
    NotPlaced,
    NotPlacedReason,
    OrderingPolicy,
    Placed,
    Quote,
)
from analytics.orders.bundle_discount import discount_of, shared_out
from analytics.orders.tracking import order_of
from analytics.products import product_record, unlisted_product
from analytics.records import OrderLine, Product
from analytics.shop.loader import DeliveryPromise
from store.engine import Database
from store.repositories.accounts import lock_customer
from store.repositories.catalogue import products_by_id
from store.repositories.orders import latest_orders
from store.repositories.placed_orders import BoughtRow, PlacedRow, add_order, is_taken, placed_under

#: Numbers of our own: a letter that few shops begin theirs with, and seven figures that nobody can guess.
_SERIES, _LOWEST, _MANY = "R", 1_000_000, 9_000_000
_MOST_OF_ONE = 99
#: Two totals closer than this are one.
_CENT = 0.005
#: Told of an order that was placed: connection, customer, moment.
OnPlaced = Callable[[Connection, str, datetime], None]


class SqlOrderingService:
    """Implements `analytics.ordering_service.OrderingService`; in memory it is its own twin.

    Parameters
    ----------
    database : with all tables.
    policy : what the shop allows.
    promise : how long delivery takes, where the policy does not say.
    clock : gives the present moment, aware.
    on_placed : called after an order was committed, in a transaction of its own: the order stands whatever comes of it.
    """

    def __init__(
        self,
        database: Database,
        policy: OrderingPolicy,
        promise: DeliveryPromise,
        *,
        clock: Callable[[], datetime],
        on_placed: OnPlaced | None = None,
    ) -> None:
        self._database = database
        self._policy = policy
        self._promise = promise
        self._clock = clock
        self._on_placed = on_placed

    @property
    def policy(self) -> OrderingPolicy:
        """See `OrderingService.policy`."""
        return self._policy

    @property
    def takes_bundles(self) -> bool:
        """See `OrderingService.takes_bundles`."""
        return self._policy.by_chat

    @unavailable_on_database_failure
    def quote(self, items: Sequence[BasketItem], *, bundle: BundlePrice | None = None) -> Quote:
        """See `OrderingService.quote`."""
        with self._database.read() as connection:
            return self._quoted(connection, items, bundle, self._clock())

    @unavailable_on_database_failure
    def place(
        self,
        customer_id: str,
        items: Sequence[BasketItem],
        *,
        agreed: float,
        key: str,
        bundle: BundlePrice | None = None,
    ) -> Placed | NotPlaced:
        """See `OrderingService.place`."""
        now = self._clock()
        with self._database.write() as connection:
            lock_customer(connection, customer_id)
            quote = self._quoted(connection, items, bundle, now)
            before = placed_under(connection, key)
            if before is not None:
                # A key belongs to whoever used it first: nobody is told of another person's order by it.
                return self._again(connection, before) if before.customer_id == customer_id else _not(quote, "nothing")
            reason = self._refusal(quote, agreed)
            if reason is not None:
                return _not(quote, reason)
            row = PlacedRow(key=key, order_id=_free_number(connection), customer_id=customer_id, placed_at=now)
            add_order(
                connection,
                row,
                _bought(quote.lines, bundle),
                expected_at=quote.expected_at if self._policy.delivery_days is not None else None,
                payment_method=next(
                    (order.payment_method for order in latest_orders(connection, customer_id, 1)), None
                ),
            )
        self._tell(customer_id, now)
        return Placed(order_id=row.order_id, total=quote.total, expected_at=quote.expected_at, discount=quote.discount)

    def _tell(self, customer_id: str, at: datetime) -> None:
        # Apart from the order's own transaction: it holds the customer, and whoever works in events holds the live
        # profiles before customers. What goes wrong here the next feature job works in.
        if self._on_placed is not None:
            with suppress(SQLAlchemyError), self._database.write() as connection:
                self._on_placed(connection, customer_id, at)

    def _quoted(
        self, connection: Connection, items: Sequence[BasketItem], bundle: BundlePrice | None, now: datetime
    ) -> Quote:
        wanted: dict[str, int] = {}
        for item in items:
            wanted[item.product_id] = min(wanted.get(item.product_id, 0) + max(item.quantity, 0), _MOST_OF_ONE)
        known = products_by_id(connection, wanted)
        lines: list[OrderLine] = []
        gone: list[Product] = []
        for product_id, quantity in wanted.items():
            product = product_record(known[product_id]) if product_id in known else unlisted_product(product_id)
            if product_id not in known or not product.in_stock or product.price is None:
                gone.append(product)
            elif quantity:
                lines.append(OrderLine(product=product, quantity=quantity, amount=round(quantity * product.price, 2)))
        discount = discount_of(lines, bundle) / 100
        return Quote(
            lines=tuple(lines),
            gone=tuple(gone),
            total=round(sum(line.amount for line in lines) - discount, 2),
            expected_at=now + self._takes(),
            discount=discount,
        )

    def _takes(self) -> timedelta:
        days = self._policy.delivery_days
        return self._promise.delivered_within if days is None else timedelta(days=days)

    def _refusal(self, quote: Quote, agreed: float) -> NotPlacedReason | None:
        if not self._policy.by_chat:
            return "off"
        if not quote.lines:
            return "nothing"
        if quote.total > self._policy.most_total + _CENT:
            return "too_much"
        return "changed" if abs(quote.total - agreed) > _CENT else None

    def _again(self, connection: Connection, before: PlacedRow) -> Placed | NotPlaced:
        order = order_of(connection, before.order_id, before.customer_id, now=before.placed_at, promise=self._promise)
        return Placed(
            order_id=before.order_id,
            total=order.total if order else 0.0,
            expected_at=(order.expected_at if order else None) or before.placed_at + self._takes(),
            repeated=True,
            discount=order.discount if order else 0.0,
        )


def _bought(lines: Sequence[OrderLine], bundle: BundlePrice | None) -> list[BoughtRow]:
    """Give the lines as they are paid: what is sent back later is worth what was paid for it."""
    return [
        BoughtRow(line.product.product_id, line.quantity, round(line.amount - off / 100, 2), off / 100)
        for line, off in zip(lines, shared_out(lines, bundle), strict=True)
    ]


def _not(quote: Quote, reason: NotPlacedReason) -> NotPlaced:
    return NotPlaced(reason=reason, quote=quote)


def _free_number(connection: Connection) -> str:
    """Give a number that no order has; by chance, so that nobody learns how much the shop sells."""
    while True:
        number = f"{_SERIES}{_LOWEST + secrets.randbelow(_MANY)}"
        if not is_taken(connection, number):
            return number
