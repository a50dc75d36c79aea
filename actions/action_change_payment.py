"""Pay an order another way."""

from __future__ import annotations

from actions.order_action import OrderAction


class ChangePayment(OrderAction):
    """Begins a request of kind "payment"."""

    action_name = "action_change_payment"
    kind = "payment"
