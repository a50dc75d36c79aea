"""Bring an order at another time."""

from __future__ import annotations

from actions.order_action import OrderAction


class ChangeSlot(OrderAction):
    """Begins a request of kind "slot"."""

    action_name = "action_change_slot"
    kind = "slot"
