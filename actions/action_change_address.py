"""Send an order that has not left yet to another address, after an explicit yes."""

from __future__ import annotations

from actions.order_action import OrderAction


class ChangeAddress(OrderAction):
    """Answer "please deliver it somewhere else"."""

    action_name = "action_change_address"
    kind = "address"
