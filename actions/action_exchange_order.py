"""Exchange something that came for something else, or for the same again."""

from __future__ import annotations

from actions.order_action import OrderAction


class ExchangeOrder(OrderAction):
    """Begins a request of kind "exchange"."""

    action_name = "action_exchange_order"
    kind = "exchange"
