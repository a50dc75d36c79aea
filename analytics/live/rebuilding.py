"""Live profiles made anew: the half that tells what was bought from the orders, the other from the events kept.

A customer's orders are read once, when the first event of hers comes (or her profile is asked for), and again when the
feature job finds that an import changed them. That is the only work that grows with her history.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import Connection

from analytics.event_records import Event
from analytics.events.catalogue import CATALOGUE
from analytics.live.doings import do
from analytics.live.purchases import Purchase, buy
from analytics.live.shop_clock import ShopClock
from analytics.live.state import new_raw
from store.repositories.event_customers import bought_by, products_named
from store.repositories.events import EventRow, events_of_anonymous, events_of_customer
from store.repositories.live import ANONYMOUS, CUSTOMER, LiveRow, linked_to, lock_profiles, save_states, states_of
from store.repositories.live_features import customers_differing

_CHUNK = 500


def bought_of(connection: Connection, customer_ids: Sequence[str], clock: ShopClock) -> dict[str, dict[str, Any]]:
    """Give the plain values of `Bought` of customers, from all their orders; of everybody who is asked for."""
    found = {customer_id: new_raw()["bought"] for customer_id in customer_ids}
    if found:
        for order in bought_by(connection, customer_ids):
            buy(
                found[order.customer_id],
                Purchase(order.placed_at, order.total, order.discount, order.categories),
                clock,
            )
    return found


def live_row(subject: str, raw: dict[str, Any]) -> LiveRow:
    """Give plain values as the row that is kept of a subject."""
    bought = raw["bought"]
    return LiveRow(subject, to_json(raw).decode(), bought["orders"], bought["money"])


def reconcile(connection: Connection, clock: ShopClock, now: datetime) -> int:
    """Work the orders as they are into the live profiles that count others, after an import; give how many these were.

    Called by the feature job in the transaction in which it writes the features.
    """
    lock_profiles(connection)
    differing = customers_differing(connection)
    for begin in range(0, len(differing), _CHUNK):
        chunk = differing[begin : begin + _CHUNK]
        bought = bought_of(connection, chunk, clock)
        stored = states_of(connection, [f"{CUSTOMER}{customer_id}" for customer_id in chunk])
        rows = []
        for subject, text in stored.items():
            raw = {**new_raw(), **from_json(text), "bought": bought[subject.removeprefix(CUSTOMER)]}
            rows.append(live_row(subject, raw))
        save_states(connection, rows, now)
    return len(differing)


def rebuild(connection: Connection, customer_id: str, clock: ShopClock, now: datetime) -> None:
    """Make a customer's live profile anew from her orders and from the events that are still kept."""
    raw = new_raw()
    raw["bought"] = bought_of(connection, [customer_id], clock)[customer_id]
    anonymous = linked_to(connection, customer_id)
    _replay(connection, raw["seen"], list(events_of_customer(connection, customer_id, anonymous)), clock)
    save_states(connection, [live_row(f"{CUSTOMER}{customer_id}", raw)], now)


def rebuild_anonymous(connection: Connection, anonymous_id: str, clock: ShopClock, now: datetime) -> None:
    """Make the live profile of somebody who has not signed in anew from the events that are still kept."""
    raw = new_raw()
    _replay(connection, raw["seen"], list(events_of_anonymous(connection, anonymous_id)), clock)
    save_states(connection, [live_row(f"{ANONYMOUS}{anonymous_id}", raw)], now)


def _replay(connection: Connection, seen: dict[str, Any], rows: Sequence[EventRow], clock: ShopClock) -> None:
    events = [event_of(row) for row in rows]
    named = sorted({str(event.properties["product_id"]) for event in events if event.properties.get("product_id")})
    categories = {product: figures.category for product, figures in products_named(connection, named).items()}
    for event in events:
        do(seen, event, clock, categories)


def event_of(row: EventRow) -> Event:
    """Give the event that a row was written from."""
    known = CATALOGUE.get(row.name.lower()) if row.type == "track" else None
    return Event(
        message_id=row.message_id,
        type=row.type,  # type: ignore[arg-type]  # as it was written
        name=row.name,
        action=known.action if known else None,
        user_id=row.customer_id,
        anonymous_id=row.anonymous_id,
        at=row.occurred_at,
        received_at=row.received_at,
        channel=row.channel,
        properties=from_json(row.properties),
    )
