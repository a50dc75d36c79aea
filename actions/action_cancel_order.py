"""Cancel an order, after an explicit yes."""

from __future__ import annotations

from actions.order_action import OrderAction


class CancelOrder(OrderAction):
    """Answer "cancel my order"."""

    action_name = "action_cancel_order"
    kind = "cancel"
