"""Events on our own store: read outside of any transaction, worked in within the caller's."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pydantic_core import from_json
from sqlalchemy import Connection

from analytics.event_records import EventCall, Source, Taken
from analytics.events.calls import read_call
from analytics.events.placing import place_customers
from analytics.events.taking import take
from analytics.live.doings import talk
from analytics.live.rebuilding import bought_of, live_row, rebuild, rebuild_anonymous
from analytics.live.segments import LiveSegments
from analytics.live.shop_clock import ShopClock
from analytics.live.state import new_raw
from analytics.snapshot import CHECK_EVERY
from store.engine import Database
from store.repositories.events import forget_events
from store.repositories.live import (
    CUSTOMER,
    forget_links,
    forget_states,
    linked_to,
    lock_profiles,
    save_states,
    states_of,
    undo_link,
)
from store.repositories.segment_moves import forget_moves
from store.repositories.write_keys import write_keys_by_name


class SqlEventService:
    """Implements `analytics.event_service.EventService`.

    Parameters
    ----------
    database : read for the segment model only.
    artifacts_dir : where models are kept.
    timezone : the shop's zone, an IANA name.
    check_every : seconds between two looks for another segment model.
    """

    def __init__(
        self, database: Database, artifacts_dir: Path, timezone: str, *, check_every: float = CHECK_EVERY
    ) -> None:
        self._clock = ShopClock(timezone)
        self._segments = LiveSegments(database, artifacts_dir, check_every=check_every)

    def sources(self, connection: Connection) -> dict[str, Source]:
        """See `EventService.sources`."""
        return {
            row.key_hash: Source(name=row.name, kind="page" if row.kind == "page" else "server")
            for row in write_keys_by_name(connection)
            if row.revoked_at is None
        }

    def read(self, body: bytes, kind: str | None, source: Source, received_at: datetime) -> EventCall:
        """See `EventService.read`; looks for another segment model too, as no transaction is open here."""
        self._segments.refresh()
        return read_call(body, kind, source, received_at)

    def take(self, connection: Connection, call: EventCall) -> Taken:
        """See `EventService.take`."""
        return take(connection, call, self._clock, self._segments.held)

    def count_turn(self, connection: Connection, customer_id: str, channel: str, at: datetime) -> None:
        """See `EventService.count_turn`."""
        lock_profiles(connection)
        subject = f"{CUSTOMER}{customer_id}"
        stored = states_of(connection, [subject]).get(subject)
        if stored is None:
            raw = {**new_raw(), "bought": bought_of(connection, [customer_id], self._clock)[customer_id]}
        else:
            raw = from_json(stored)
        talk(raw["seen"], channel, round(at.timestamp(), 3), self._clock)
        save_states(connection, [live_row(subject, raw)], at)

    def count_orders(self, connection: Connection, customer_id: str, at: datetime) -> None:
        """See `EventService.count_orders`."""
        lock_profiles(connection)
        subject = f"{CUSTOMER}{customer_id}"
        stored = states_of(connection, [subject]).get(subject)
        raw = {**new_raw(), **({} if stored is None else from_json(stored))}
        raw["bought"] = bought_of(connection, [customer_id], self._clock)[customer_id]
        save_states(connection, [live_row(subject, raw)], at)
        place_customers(connection, {customer_id: raw["bought"]}, [customer_id], self._segments.held, at)

    def unlink(self, connection: Connection, anonymous_id: str, at: datetime) -> str | None:
        """See `EventService.unlink`."""
        lock_profiles(connection)
        customer_id = undo_link(connection, anonymous_id, at)
        if customer_id is not None:
            rebuild(connection, customer_id, self._clock, at)
            rebuild_anonymous(connection, anonymous_id, self._clock, at)
        return customer_id

    def forget(self, connection: Connection, customer_id: str) -> int:
        """See `EventService.forget`."""
        count = forget_events(connection, customer_id, linked_to(connection, customer_id))
        forget_states(connection, [f"{CUSTOMER}{customer_id}"])
        forget_links(connection, customer_id)
        forget_moves(connection, customer_id)
        return count
