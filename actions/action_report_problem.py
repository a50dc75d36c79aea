"""Take down what is missing, damaged or wrong in an order, after an explicit yes."""

from __future__ import annotations

from actions.order_action import OrderAction


class ReportProblem(OrderAction):
    """Answer "something is missing from my order"."""

    action_name = "action_report_problem"
    kind = "problem"
