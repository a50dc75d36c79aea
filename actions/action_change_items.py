"""Add, take out, swap or count anew the items of an order."""

from __future__ import annotations

from actions.order_action import OrderAction


class ChangeItems(OrderAction):
    """Begins a request of kind "items"."""

    action_name = "action_change_items"
    kind = "items"
