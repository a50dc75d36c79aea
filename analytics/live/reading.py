"""Reading a customer's live profile."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection

from analytics.live.state import LiveState, from_raw
from store.repositories.live import CUSTOMER, state_of


def live_of(connection: Connection, customer_id: str, now: datetime | None = None) -> LiveState | None:
    """Give a customer's live profile as of `now` (the present where it is not told).

    Parameters
    ----------
    connection : in any transaction; a read, of one row.
    now : aware; carts left for a day are abandoned by then, a session left for half an hour is over.

    Returns
    -------
    LiveState or None
        None where no event, order of an event, or turn was ever counted: she may still have imported orders, which
        `analytics.live.rebuilding` works in.
    """
    raw = state_of(connection, f"{CUSTOMER}{customer_id}")
    return None if raw is None else from_raw(raw).settled(now or datetime.now(UTC))
