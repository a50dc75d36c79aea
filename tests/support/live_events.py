"""Events of one customer for tests of the live profile."""

from __future__ import annotations

import itertools
from typing import Any

from analytics.event_records import Event, EventType
from analytics.live.shop_clock import ShopClock

#: Sunday, 15 November 2026, 12:00 UTC; 7:00 in New York.
NOON = 1_794_744_000.0
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
CLOCK = ShopClock("America/New_York")
_numbers = itertools.count(1)


def event(
    action: str | None, at: float = NOON, *, kind: EventType = "track", name: str = "", channel: str = "web",
    **properties: Any,
) -> Event:  # fmt: skip
    """An event of "ana"."""
    return Event(
        message_id=f"m-{next(_numbers)}", type=kind, name=name or (action or "Free"), action=action, user_id="ana",
        anonymous_id=None, at=at, received_at=at, channel=channel, properties=properties,
    )  # fmt: skip


def page(path: str, at: float = NOON) -> Event:
    return event(None, at, kind="page", path=path)
