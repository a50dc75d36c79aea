"""Give a copy of an order's invoice."""

from __future__ import annotations

from actions.order_action import OrderAction


class GiveInvoice(OrderAction):
    """Answer "I need the invoice"."""

    action_name = "action_get_invoice"
    kind = "invoice"
