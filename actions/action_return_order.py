"""Register the return of an order or of some of its products, after an explicit yes."""

from __future__ import annotations

from actions.order_action import OrderAction


class ReturnOrder(OrderAction):
    """Answer "I want to send it back"."""

    action_name = "action_return_order"
    kind = "return"
