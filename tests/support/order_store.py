"""A few people's orders in a real database, and the order service on it at a fixed moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from analytics.account_records import AccountPolicy
from analytics.accounts.service import SqlAccountService
from analytics.complaint_records import ComplaintPolicy
from analytics.complaints.service import SqlComplaintService
from analytics.order_records import OrderPolicy
from analytics.ordering_records import OrderingPolicy
from analytics.orders.placing import SqlOrderingService
from analytics.orders.service import SqlOrderService
from analytics.records import Order
from analytics.shop.loader import DeliveryPromise
from store.engine import Database
from store.tables import customers, metadata, order_lines, orders, products

#: The day after the demo shop's latest order.
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
PROMISE = DeliveryPromise(packed_within=timedelta(hours=24), delivered_within=timedelta(hours=48))
POLICY = OrderPolicy(non_returnable=frozenset({"hair care"}), refund_unseen_up_to=5.0)
ACCOUNTS = AccountPolicy(
    sign_up_url="https://corner.example/join",
    password_reset_url="https://corner.example/forgot",
    messages_url="https://corner.example/messages",
    export_days=7,
    consents={
        "newsletter": True,
        "order_emails": True,
        "order_texts": False,
        "chat_offers": True,
        "personalisation": True,
    },
)
COMPLAINTS = ComplaintPolicy(goodwill={"serious": 5.0, "severe": 10.0})
#: What a shop's system reports for each of our states.
STATUS = {
    "being_prepared": "processing",
    "on_its_way": "shipped",
    "delivered": "delivered",
    "cancelled": "cancelled",
    "returned": "returned",
}


def fill(
    database: Database, orders_of: Mapping[str, Sequence[Order]], names: Mapping[str, str | None] | None = None
) -> None:
    """Write people and their orders; everybody's e-mail address is her id at example.com."""
    bought = {line.product.product_id: line.product for each in orders_of.values() for o in each for line in o.lines}
    with database.write() as connection:
        for customer_id in orders_of:
            email = f"{customer_id}@example.com"
            connection.execute(
                insert(customers).values(
                    customer_id=customer_id, name=(names or {}).get(customer_id), email=email, traits={}
                )
            )
        for product in bought.values():
            values = {
                key: getattr(product, key) for key in ("product_id", "name", "category", "department", "size", "price")
            }
            connection.execute(insert(products).values(**values, times_sold=1, in_stock=True))
        for customer_id, placed in orders_of.items():
            for order in placed:
                _write(connection, customer_id, order)


def _write(connection: Any, customer_id: str, order: Order) -> None:
    connection.execute(
        insert(orders).values(
            order_id=order.order_id,
            customer_id=customer_id,
            placed_at=order.placed_at,
            total=order.total,
            status=STATUS[order.state],
        )
    )
    for number, line in enumerate(order.lines, start=1):
        bought = {"product_id": line.product.product_id, "quantity": line.quantity, "amount": line.amount}
        connection.execute(insert(order_lines).values(order_id=order.order_id, line=number, **bought))


def service_on(database: Database, policy: OrderPolicy = POLICY, now: datetime = NOW) -> SqlOrderService:
    """The order service, whose clock stands still."""
    return SqlOrderService(database, policy, PROMISE, clock=lambda: now)


def ordering_on(database: Database, policy: OrderingPolicy, now: datetime = NOW) -> SqlOrderingService:
    """The ordering service, whose clock stands still."""
    return SqlOrderingService(database, policy, PROMISE, clock=lambda: now)


def accounts_on(database: Database, policy: AccountPolicy = ACCOUNTS, now: datetime = NOW) -> SqlAccountService:
    """The account service, whose clock stands still."""
    return SqlAccountService(database, policy, clock=lambda: now)


def complaints_on(database: Database, policy: ComplaintPolicy = COMPLAINTS, now: datetime = NOW) -> SqlComplaintService:
    """The complaint service, whose clock stands still."""
    return SqlComplaintService(database, policy, clock=lambda: now)


def stored(database: Database, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of a table, sorted."""
    chosen = [metadata.tables[table].c[column] for column in columns]
    with database.read() as connection:
        return sorted((tuple(row) for row in connection.execute(select(*chosen))), key=str)
