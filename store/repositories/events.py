"""Events as they came. Many rows in few statements; moments in seconds since 1970."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select

from store.repositories.bulk import AMONG, rows_among, write_many
from store.tables import events

_COLUMNS = "message_id, type, name, customer_id, anonymous_id, channel, source, occurred_at, received_at, properties"
_ADD = {
    "sqlite": f"INSERT INTO events ({_COLUMNS}) VALUES ({', '.join(['?'] * 10)})",  # noqa: S608  (our own names)
    "postgresql": f"INSERT INTO events ({_COLUMNS}) VALUES ({', '.join(['%s'] * 10)})",  # noqa: S608
}
_KNOWN = {
    name: f"SELECT message_id FROM events WHERE message_id {among}"  # noqa: S608
    for name, among in AMONG.items()
}
_HERS = or_(
    events.c.customer_id == bindparam("whose"),
    and_(events.c.customer_id.is_(None), events.c.anonymous_id.in_(bindparam("ids", expanding=True))),
)
_REPLAY = select(
    *(events.c[name] for name in _COLUMNS.split(", ")),
).order_by(events.c.occurred_at, events.c.event_id)
_OF_CUSTOMER = _REPLAY.where(_HERS)
_OF_ANONYMOUS = _REPLAY.where(events.c.customer_id.is_(None), events.c.anonymous_id == bindparam("whose"))
_OLDEST = select(events.c.event_id, events.c.received_at).order_by(events.c.event_id).limit(bindparam("most"))


class EventRow(NamedTuple):
    """One event; fields as in `store.tables.events.events`, `properties` as JSON text."""

    message_id: str
    type: str
    name: str
    customer_id: str | None
    anonymous_id: str | None
    channel: str
    source: str
    occurred_at: float
    received_at: float
    properties: str


def known_messages(connection: Connection, message_ids: Sequence[str]) -> set[str]:
    """Give those of the message ids that are written already."""
    return {row[0] for row in rows_among(connection, _KNOWN, message_ids)}


def add_events(connection: Connection, rows: Sequence[EventRow]) -> None:
    """Write events whose message ids are new, in the caller's transaction."""
    if rows:
        moment = _sqlite_moment if connection.dialect.name == "sqlite" else _aware
        received = {at: moment(at) for at in {row.received_at for row in rows}}  # of a call all came at once
        values = [(*row[:7], moment(row[7]), received[row[8]], row[9]) for row in rows]
        write_many(connection, _ADD, values)


def events_of_customer(connection: Connection, customer_id: str, anonymous_ids: Sequence[str]) -> Iterator[EventRow]:
    """Give a customer's events in the order of time, those of her anonymous ids before she signed in among them."""
    return _replay(connection.execute(_OF_CUSTOMER, {"whose": customer_id, "ids": list(anonymous_ids)}))


def events_of_anonymous(connection: Connection, anonymous_id: str) -> Iterator[EventRow]:
    """Give the events of somebody who had not signed in, in the order of time."""
    return _replay(connection.execute(_OF_ANONYMOUS, {"whose": anonymous_id}))


def forget_events(connection: Connection, customer_id: str, anonymous_ids: Sequence[str]) -> int:
    """Delete a customer's events; give how many."""
    hers = {"whose": customer_id, "ids": list(anonymous_ids)}
    return int(connection.execute(delete(events).where(_HERS), hers).rowcount)


def delete_events_before(connection: Connection, cutoff: datetime, most: int = 20_000) -> int:
    """Delete the oldest events received before `cutoff`, at most so many in one go; give how many.

    Numbers grow with the moment of receiving: the oldest are found without an index of their own.
    """
    oldest = list(connection.execute(_OLDEST, {"most": most}))
    last = max((row[0] for row in oldest if row[1] < cutoff), default=None)
    if last is None:
        return 0
    return int(connection.execute(delete(events).where(events.c.event_id <= last)).rowcount)


def count_events(connection: Connection) -> int:
    """Count the events that are kept."""
    return int(connection.execute(select(func.count()).select_from(events)).scalar_one())


def replayed(row: Sequence[Any]) -> EventRow:
    """Give an event of its columns as the engine reads them, in the order of `EventRow`."""
    return EventRow._make((*row[:7], _seconds(row[7]), _seconds(row[8]), json.dumps(row[9])))


def _replay(found: Any) -> Iterator[EventRow]:
    for row in found:
        yield replayed(row)


def _seconds(moment: datetime) -> float:
    return round(moment.timestamp(), 3)


def _aware(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def _sqlite_moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(" ", "microseconds")[:26]  # without the zone
