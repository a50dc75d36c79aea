"""The live profile after one more thing: pure functions, for whoever holds the record instead of the plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from analytics.event_records import Event
from analytics.live.doings import do, talk
from analytics.live.purchases import Purchase, buy
from analytics.live.shop_clock import ShopClock
from analytics.live.state import LiveState, from_raw, to_raw

_NONE: Mapping[str, str] = {}


def after(state: LiveState, event: Event, clock: ShopClock, categories: Mapping[str, str] = _NONE) -> LiveState:
    """Give the state after an event; see `analytics.live.doings.do`."""
    raw = to_raw(state)
    do(raw["seen"], event, clock, categories)
    return from_raw(raw)


def after_order(state: LiveState, order: Purchase, clock: ShopClock) -> LiveState:
    """Give the state after an order that is kept; the event that told of it is worked in by `after` beside this."""
    raw = to_raw(state)
    buy(raw["bought"], order, clock)
    return from_raw(raw)


def after_turn(state: LiveState, channel: str, at: datetime, clock: ShopClock) -> LiveState:
    """Give the state after a turn of a conversation on a channel ("widget", "telegram", …)."""
    raw = to_raw(state)
    talk(raw["seen"], channel, at.timestamp(), clock)
    return from_raw(raw)
