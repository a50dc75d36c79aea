"""Whose each event of a batch is: customers by their id, and who somebody without a name turned out to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from analytics.event_records import Event
from store.repositories.event_customers import kept_ids
from store.repositories.live import ANONYMOUS, CUSTOMER, LinkRow, add_links, links_of


class People:
    """Tells whose the events of one batch are, and keeps the links that they make.

    An anonymous id that comes with a user id belongs to that customer from then on, with everything it did before. The
    first to sign in counts: on a shared computer a second customer gets her own events, not the history of the first.
    A link that a person took back is not made again.

    Parameters
    ----------
    connection : in a write transaction.
    events : of the batch; all look-ups are made once for all of them.
    """

    def __init__(self, connection: Connection, events: Sequence[Event]) -> None:
        self._connection = connection
        users = sorted({event.user_id for event in events if event.user_id})
        self._kept = kept_ids(connection, users) if users else {}
        anonymous = sorted({event.anonymous_id for event in events if event.anonymous_id})
        self._links = links_of(connection, anonymous) if anonymous else {}
        self._new: dict[str, LinkRow] = {}
        self._messages: dict[str, str] = {}

    def customer_of(self, event: Event) -> str | None:
        """Give the customer an event belongs to; None while nobody has signed in."""
        if event.user_id is not None:
            return self._kept.get(event.user_id, event.user_id)
        link = self._links.get(event.anonymous_id or "")
        return None if link is None or link.undone else link.customer_id

    def newly_linked(self, event: Event, customer_id: str) -> str | None:
        """Give the anonymous id whose history is hers from this event on; None where nothing new is learned."""
        anonymous_id = event.anonymous_id
        if anonymous_id is None or event.user_id is None or anonymous_id in self._links:
            return None
        link = LinkRow(anonymous_id, customer_id, undone=False)
        self._links[anonymous_id] = self._new[anonymous_id] = link
        self._messages[anonymous_id] = event.message_id
        return anonymous_id

    def subjects(self, events: Sequence[Event]) -> list[str]:
        """Give the subjects of all profiles that the batch can touch."""
        found = set()
        for event in events:
            customer_id = self.customer_of(event)
            if customer_id is not None:
                found.add(f"{CUSTOMER}{customer_id}")
            if (event.anonymous_id is not None and event.anonymous_id not in self._links) or customer_id is None:
                found.add(f"{ANONYMOUS}{event.anonymous_id}")
        return sorted(found)

    def save(self, now: datetime) -> None:
        """Write the links that were made: the table is the log of them."""
        add_links(self._connection, self._new.values(), self._messages, now)
