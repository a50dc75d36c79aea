"""Where an order is, in words."""

from __future__ import annotations

from actions import wording
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.records import Order


def tell_where(turn: Turn, analytics: Analytics, order: Order) -> None:
    """Say how far an order is, and when it is expected or came; an estimate is called one."""
    facts = {"order_id": order.order_id, "placed": wording.day(order.placed_at)}
    response = f"utter_track_order_{order.state}"
    if order.state in ("cancelled", "returned"):
        turn.say(response, **facts)
    elif order.expected_at is None:
        turn.say(f"{response}_undated", **facts)
    elif order.slot_starts_at is not None:
        zone = analytics.order_service().moment().tzinfo
        starts, ends = order.slot_starts_at.astimezone(zone), order.expected_at.astimezone(zone)
        turn.say(f"{response}_slot", slot=wording.slot(starts, ends), **facts)
    else:
        told = f"{response}_estimated" if order.estimated else response
        turn.say(told, expected=wording.day(order.expected_at), **facts)
