"""Orders that events bring, change or end: written once, never over what an import or the chat has brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from analytics.event_records import Event, KeyKind
from analytics.events.catalogue import ORDER_ACTIONS
from analytics.events.kinds import MOST
from analytics.live.purchases import Purchase
from store.repositories.event_customers import (
    EVENTS,
    EventOrder,
    KnownOrder,
    ProductFigures,
    add_orders,
    known_orders,
    rewrite_order,
)
from store.repositories.orders import change_order

#: What an order's status becomes, in the words of `analytics.orders.states`.
_STATUS = {"order_refunded": "refunded", "order_cancelled": "cancelled"}

Line = tuple[str, int, float]


class NotDone(Exception):  # noqa: N818 (told as a note, not as an error)
    """An event is kept, but what it asks for was not done; the text tells why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an order event did: an order that counts now, or orders of hers that must be counted anew."""

    purchase: Purchase | None = None
    recount: bool = False


class OrderDesk:
    """Works the order events of one batch in, within its transaction.

    Parameters
    ----------
    connection : in a write transaction.
    key : orders are believed of servers only: anybody can send with the key of a page.
    products : figures of the products that the batch names.
    """

    def __init__(
        self, connection: Connection, key: KeyKind, products: Mapping[str, ProductFigures], events: Sequence[Event]
    ) -> None:
        self._connection = connection
        self._key = key
        self._products = products
        ids = sorted({event.properties["order_id"] for event in events if event.action in ORDER_ACTIONS})
        self._known: dict[str, KnownOrder] = known_orders(connection, ids) if ids else {}
        self._new: list[EventOrder] = []

    def work_in(self, event: Event, customer_id: str | None) -> Outcome:
        """Do what an order event tells.

        Raises
        ------
        NotDone
            It comes with a page's key or without a customer, names an order that is not there, or somebody else's.
        """
        if self._key != "server":
            raise NotDone("page_key", "Orders are believed of servers only: send this event with a server key.")
        if customer_id is None:
            raise NotDone("no_customer", "An order needs a userId: nobody was signed in.")
        order_id = event.properties["order_id"]
        known = self._known.get(order_id)
        if known is not None and known.customer_id != customer_id:
            raise NotDone("not_hers", "The order belongs to another customer.")
        if event.action == "order":
            return self._complete(event, order_id, customer_id) if known is None else Outcome()
        if known is None:
            raise NotDone("unknown_order", "There is no such order.")
        return self._update(event, order_id, known) if event.action == "order_updated" else self._end(event, order_id)

    def flush(self) -> None:
        """Write the orders that came; called once at the end of a batch, as many rows in few statements."""
        add_orders(self._connection, self._new)
        self._new = []

    def _complete(self, event: Event, order_id: str, customer_id: str) -> Outcome:
        lines = self._lines(event.properties)
        order = self._order(event, order_id, customer_id, lines)
        self._new.append(order)
        self._known[order_id] = KnownOrder(customer_id, EVENTS)
        figures = (self._products.get(product_id) for product_id, _, _ in lines)
        categories = [None if one is None else one.category for one in figures]
        return Outcome(purchase=Purchase(event.at, order.total, order.discount, categories))

    def _update(self, event: Event, order_id: str, known: KnownOrder) -> Outcome:
        if known.store_id != EVENTS:
            raise NotDone("not_ours", "The order came by another way, which tells how it stands.")
        self.flush()
        rewrite_order(self._connection, self._order(event, order_id, known.customer_id, self._lines(event.properties)))
        return Outcome(recount=True)

    def _end(self, event: Event, order_id: str) -> Outcome:
        if event.action == "order_refunded" and event.properties.get("products"):
            return Outcome()  # some of it came back, the order stands
        self.flush()
        change_order(self._connection, order_id, changed_status=_STATUS[event.action or ""])
        return Outcome(recount=True)

    def _lines(self, told: Mapping[str, Any]) -> list[Line]:
        lines = []
        for product in told.get("products", ()):
            product_id = product.get("product_id") or product.get("sku")
            if not product_id:
                continue
            quantity = max(product.get("quantity", 1), 1)
            price = product.get("price")
            if price is None and product_id in self._products:
                price = self._products[product_id].price
            lines.append((str(product_id)[:64], quantity, min(round(quantity * (price or 0.0), 2), MOST)))
        return lines

    def _order(self, event: Event, order_id: str, customer_id: str, lines: Sequence[Line]) -> EventOrder:
        told = event.properties
        discount = told.get("discount", 0.0)
        return EventOrder(
            order_id=order_id,
            customer_id=customer_id,
            placed_at=datetime.fromtimestamp(event.at, UTC),
            total=round(_paid(told, sum(amount for _, _, amount in lines), discount), 2),
            discount=round(discount, 2),
            lines=lines,
        )


def _paid(told: Mapping[str, Any], of_lines: float, discount: float) -> float:
    """Give what was paid: as told, else revenue with shipping and tax, else subtotal or lines without the discount."""
    for name in ("total", "value"):
        if name in told:
            return float(told[name])
    extra = told.get("shipping", 0.0) + told.get("tax", 0.0)
    if "revenue" in told:
        return float(min(told["revenue"] + extra, MOST))
    return float(min(max(told.get("subtotal", of_lines) - discount, 0.0) + extra, MOST))
