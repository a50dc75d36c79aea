"""The port through which trackers' events come in, and the turns of the chat that count beside them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from analytics.event_records import EventCall, Source, Taken


class EventsRefused(ValueError):  # noqa: N818 (a state, told to the sender as such)
    """A call cannot be read at all: `code` for programs, the text for people, `field` where it is."""

    def __init__(self, code: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.field = field


class EventService(Protocol):
    """What can be done with events. Reading needs no database; all writing happens in the caller's transaction."""

    def sources(self, connection: Connection) -> dict[str, Source]:
        """Give {SHA-256 of the key, as hexadecimal digits: source} of all keys that are valid."""

    def read(self, body: bytes, kind: str | None, source: Source, received_at: datetime) -> EventCall:
        """Read the body of a call.

        Parameters
        ----------
        body : JSON; at most `LONGEST_BATCH` bytes are sensible.
        kind : "identify", "track", "page", "alias", "group" or "screen" by the address; None for a batch.
        source : whose key it came with.
        received_at : aware.

        Raises
        ------
        EventsRefused
            The body is no such call, or its only event is at fault. In a batch, events at fault are told in `refused`.
        """

    def take(self, connection: Connection, call: EventCall) -> Taken:
        """Write what was read and change profiles, segments and orders by it, in the caller's write transaction."""

    def count_turn(self, connection: Connection, customer_id: str, channel: str, at: datetime) -> None:
        """Count a turn of a conversation in the customer's live profile, in the turn's own transaction."""

    def count_orders(self, connection: Connection, customer_id: str, at: datetime) -> None:
        """Work a customer's orders into her live profile and segment, after one was placed without an event."""

    def unlink(self, connection: Connection, anonymous_id: str, at: datetime) -> str | None:
        """Take back who somebody turned out to be; give the customer it was, None where nobody was.

        Both profiles are made anew from the orders and the events that are kept; the link is not made again.
        """

    def forget(self, connection: Connection, customer_id: str) -> int:
        """Delete a customer's events, live profile, links and moves; give how many events."""
