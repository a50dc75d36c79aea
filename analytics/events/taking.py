"""A batch of events worked in, within one transaction: written down, profiles and segments changed, orders kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection

from analytics.event_records import Event, EventCall, Fault, Taken
from analytics.events.catalogue import ORDER_ACTIONS
from analytics.events.describing import describe
from analytics.events.orders import NotDone, OrderDesk
from analytics.events.people import People
from analytics.events.placing import place_customers
from analytics.live.doings import do
from analytics.live.merging import join_seen
from analytics.live.purchases import buy
from analytics.live.rebuilding import bought_of, live_row
from analytics.live.segments import LiveModel
from analytics.live.shop_clock import ShopClock
from analytics.live.state import new_raw
from store.repositories.event_customers import ProductFigures, create_customers, products_named
from store.repositories.events import EventRow, add_events, known_messages
from store.repositories.live import ANONYMOUS, CUSTOMER, forget_states, lock_profiles, save_states, states_of

Raw = dict[str, Any]
_DAY = 86400.0


@dataclass(slots=True)
class _Work:
    """What one transaction holds in memory."""

    raws: dict[str, Raw]
    people: People
    desk: OrderDesk
    clock: ShopClock
    categories: Mapping[str, str]
    changed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    #: Customers who were not seen yet that day, and those whose orders changed: their segment is looked at.
    due: set[str] = field(default_factory=set)
    buyers: set[str] = field(default_factory=set)
    recount: set[str] = field(default_factory=set)
    notes: list[Fault] = field(default_factory=list)
    told: list[tuple[str, Event]] = field(default_factory=list)
    rows: list[EventRow] = field(default_factory=list)


def take(connection: Connection, call: EventCall, clock: ShopClock, model: LiveModel | None) -> Taken:
    """Work a call in.

    Parameters
    ----------
    connection : in a write transaction; all of the batch is in it, or nothing.
    clock : the shop's.
    model : the segment model in use; None: nobody has a segment.

    Returns
    -------
    Taken
        A message id that was written before, or earlier in the batch, counts as a duplicate and changes nothing.
    """
    lock_profiles(connection)
    fresh, duplicates = _fresh(connection, call.events)
    if not fresh:
        return Taken(duplicates=duplicates, refused=call.refused, left_out=call.left_out)
    work = _prepared(connection, call, [event for _, event in fresh], clock)
    for index, event in fresh:
        _work_in(work, index, event, call.source.name)
    work.desk.flush()
    _recount(connection, work)
    _save(connection, work, call)
    due = {one: work.raws[f"{CUSTOMER}{one}"]["bought"] for one in sorted(work.due | work.buyers)}
    place_customers(connection, due, work.buyers, model, call.received_at)
    return Taken(
        kept=len(fresh),
        duplicates=duplicates,
        left_out=call.left_out,
        refused=call.refused,
        notes=tuple(sorted(work.notes, key=lambda note: note.index)),
    )


def _fresh(connection: Connection, events: Sequence[tuple[int, Event]]) -> tuple[list[tuple[int, Event]], int]:
    """Give the events that are not written yet, in the order of time, and how many are."""
    by_message: dict[str, tuple[int, Event]] = {}
    for place, event in events:
        by_message.setdefault(event.message_id, (place, event))
    if not by_message:
        return [], 0
    known = known_messages(connection, list(by_message))
    fresh = [pair for message_id, pair in by_message.items() if message_id not in known]
    fresh.sort(key=lambda pair: pair[1].at)
    return fresh, len(events) - len(fresh)


def _prepared(connection: Connection, call: EventCall, events: Sequence[Event], clock: ShopClock) -> _Work:
    people = People(connection, events)
    subjects = people.subjects(events)
    states = states_of(connection, subjects)
    # Keys come again in every state, ids and words hardly: to look each of them up costs more than it spares.
    raws: dict[str, Raw] = {one: from_json(text, cache_strings="keys") for one, text in states.items()}
    strangers = [one.removeprefix(CUSTOMER) for one in subjects if one.startswith(CUSTOMER) and one not in raws]
    create_customers(connection, strangers, call.received_at)
    for customer_id, bought in bought_of(connection, strangers, clock).items():
        raws[f"{CUSTOMER}{customer_id}"] = {**new_raw(), "bought": bought}
    products = _products(connection, events)
    return _Work(
        raws=raws,
        people=people,
        desk=OrderDesk(connection, call.source.kind, products, events),
        clock=clock,
        categories={product_id: figures.category for product_id, figures in products.items()},
    )


def _products(connection: Connection, events: Sequence[Event]) -> dict[str, ProductFigures]:
    named: set[str] = set()
    for event in events:
        if event.action == "view" and "product_id" in event.properties:
            named.add(event.properties["product_id"])
        elif event.action in ORDER_ACTIONS:
            named.update(line["product_id"] for line in event.properties.get("products", ()) if "product_id" in line)
    return products_named(connection, sorted(named)) if named else {}


def _work_in(work: _Work, index: int, event: Event, source: str) -> None:
    customer_id = work.people.customer_of(event)
    subject = f"{ANONYMOUS}{event.anonymous_id}" if customer_id is None else f"{CUSTOMER}{customer_id}"
    raw = work.raws.get(subject)
    if raw is None:
        raw = work.raws[subject] = new_raw()
    if customer_id is not None:
        _link(work, event, customer_id, raw)
        if event.type == "identify":
            work.told.append((customer_id, event))
    if event.action in ORDER_ACTIONS:
        _order(work, index, event, customer_id, raw)
    if customer_id is not None and _of_another_day(raw["seen"]["last_seen"], event.at):
        work.due.add(customer_id)
    do(raw["seen"], event, work.clock, work.categories)
    work.changed.add(subject)
    work.rows.append(
        EventRow(
            event.message_id, event.type, event.name, customer_id, event.anonymous_id, event.channel, source, event.at,
            event.received_at, event.text,
        )
    )  # fmt: skip


def _link(work: _Work, event: Event, customer_id: str, raw: Raw) -> None:
    anonymous_id = work.people.newly_linked(event, customer_id)
    if anonymous_id is None:
        return
    subject = f"{ANONYMOUS}{anonymous_id}"
    before = work.raws.pop(subject, None)
    if before is not None:
        join_seen(raw["seen"], before["seen"])
        work.changed.discard(subject)
        work.gone.add(subject)


def _order(work: _Work, index: int, event: Event, customer_id: str | None, raw: Raw) -> None:
    try:
        outcome = work.desk.work_in(event, customer_id)
    except NotDone as reason:
        work.notes.append(Fault(index=index, message_id=event.message_id, code=reason.code, message=str(reason)))
        return
    if customer_id is None:
        return
    if outcome.recount:
        work.recount.add(customer_id)
    if outcome.purchase is not None:
        buy(raw["bought"], outcome.purchase, work.clock)
        work.buyers.add(customer_id)


def _recount(connection: Connection, work: _Work) -> None:
    """Count orders anew that an event has changed: rare, and the one way to be right."""
    for customer_id, bought in bought_of(connection, sorted(work.recount), work.clock).items():
        work.raws[f"{CUSTOMER}{customer_id}"]["bought"] = bought
    work.buyers |= work.recount


def _save(connection: Connection, work: _Work, call: EventCall) -> None:
    add_events(connection, work.rows)
    work.people.save(call.received_at)
    if work.gone:
        forget_states(connection, sorted(work.gone))
    save_states(
        connection, [live_row(subject, work.raws[subject]) for subject in sorted(work.changed)], call.received_at
    )
    if work.told:
        describe(connection, call.source.kind, work.told)


def _of_another_day(before: float | None, at: float) -> bool:
    """Whether nothing was seen of her yet that day: her figures change with her orders and with the days."""
    return before is None or before // _DAY != at // _DAY
