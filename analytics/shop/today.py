"""What is today for a shop: now, or the end of data that ended long ago.

Silence after the end of an import is the import's, not the customers'. Features, segments, predictions, profiles and
the report all count from here.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from store.repositories.features import latest_order

#: Data that end longer ago are taken as of their last order.
STALE = timedelta(days=14)


def shop_today(latest: datetime | None, now: datetime) -> datetime:
    """Give the moment from which days are counted.

    Parameters
    ----------
    latest : moment of the last order up to `now`, aware; None without orders.
    now : aware.
    """
    return latest if latest is not None and now - latest > STALE else now


def today_of(connection: Connection, now: datetime) -> datetime:
    """Give the same of the shop in the database; one look into an index."""
    return shop_today(latest_order(connection, now), now)
