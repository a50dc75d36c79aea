"""Tell how refunds stand."""

from __future__ import annotations

from actions.order_action import OrderAction


class TellRefundStatus(OrderAction):
    """Answer "where is my refund?"."""

    action_name = "action_refund_status"
    kind = "refund"
