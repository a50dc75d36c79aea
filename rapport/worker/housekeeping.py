"""Removing what is out of date: sessions nobody uses any more, old deliveries, events that have been learned from."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from store.engine import Database
from store.repositories.agents import end_sessions_before
from store.repositories.events import delete_events_before
from store.tables import outbox

#: Delivered outbox rows are kept for a week: long enough to find out what happened, short enough to stay small.
KEEP_DELIVERED = timedelta(days=7)
#: Sessions end on their own after the console's limits; the rows go when no limit could still allow them.
SESSION_IDLE = timedelta(days=1)
SESSION_ABSOLUTE = timedelta(days=7)


def tidy(database: Database, now: datetime, keep_events: timedelta) -> None:
    """Remove expired sessions and old delivered outbox rows in one transaction; then old events, some at a time.

    The live profile keeps what it learned of the events.
    """
    with database.write() as connection:
        end_sessions_before(connection, seen_before=now - SESSION_IDLE, created_before=now - SESSION_ABSOLUTE)
        connection.execute(delete(outbox).where(outbox.c.delivered_at < now - KEEP_DELIVERED))
    gone = 1
    while gone:  # short transactions: conversations go on meanwhile
        with database.write() as connection:
            gone = delete_events_before(connection, now - keep_events)
