"""What happened between a customer and the shop, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from analytics.insight_records import Told
from analytics.records import Order
from console.filters import money
from console.queries.visits import visits_of
from console.wording import in_words, intent_words
from store.tables import conversations

#: More than anybody reads on one page.
_LIMIT = 40


def story_of(connection: Connection, customer_id: str, orders: Iterable[Order], currency: str) -> list[Told]:
    """Put her orders, conversations and visits to the site into one line of time.

    Parameters
    ----------
    orders : her latest ones.
    currency : sign or code put to amounts.
    """
    told = [Told(at=order.placed_at, kind="order", text=_order(order, currency)) for order in orders]
    told += _conversations(connection, customer_id)
    told += visits_of(connection, customer_id)
    return sorted(told, key=lambda one: one.at, reverse=True)[:_LIMIT]


def _order(order: Order, currency: str) -> str:
    names = [line.product.name for line in order.lines]
    goods = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    about = f": {goods}" if goods else ""
    return f"Ordered for {money(order.total, currency)} ({in_words(order.state, {}).lower()}){about}"


def _conversations(connection: Connection, customer_id: str) -> list[Told]:
    columns = conversations.c
    query = (
        select(columns.conversation_id, columns.created_at, columns.topic, columns.channel, columns.handed_over_at)
        .where(columns.customer_id == customer_id, columns.last_seq > 0)
        .order_by(columns.created_at.desc())
        .limit(_LIMIT)
    )
    return [
        Told(at=at, kind="conversation", text=_talk(topic, handed_over), conversation_id=conversation_id)
        for conversation_id, at, topic, _, handed_over in connection.execute(query)
    ]


def _talk(topic: str | None, handed_over: datetime | None) -> str:
    about = f": {intent_words(topic).lower()}" if topic else ""
    return f"Wrote to us{about}{', a person took over' if handed_over else ''}"
