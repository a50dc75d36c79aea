"""Events of browsers and apps by person, for what is learned from whole sessions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, and_, func, or_, select

from store.repositories.events import EventRow, replayed
from store.tables import events, live_links

#: Somebody who signed in half way is one person, before and after.
_WHO = func.coalesce(events.c.customer_id, live_links.c.customer_id, "a:" + events.c.anonymous_id)
_COLUMNS = [events.c[name] for name in EventRow._fields]


def events_by_person(connection: Connection, since: datetime, most: int) -> Iterator[tuple[str, EventRow]]:
    """Give (person, event) by person and, within, in the order of time.

    Parameters
    ----------
    since : aware; events that happened before are left out.
    most : the newest so many events at most.
    """
    newest = (
        select(events.c.event_id)
        .where(events.c.occurred_at >= since, or_(events.c.channel == "web", events.c.channel == "app"))
        .order_by(events.c.event_id.desc())
        .limit(most)
        .subquery()
    )
    linked = and_(live_links.c.anonymous_id == events.c.anonymous_id, live_links.c.undone_at.is_(None))
    query = (
        select(_WHO.label("person"), *_COLUMNS)
        .join(newest, newest.c.event_id == events.c.event_id)
        .outerjoin(live_links, linked)
        .order_by("person", events.c.occurred_at, events.c.event_id)
    )
    for person, *row in connection.execute(query):
        yield person, replayed(row)
