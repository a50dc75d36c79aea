"""Tell where an order is: the one she names, else her latest."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots
from actions.base import EngagementAction
from actions.order_turns import begin
from actions.order_where import tell_where
from actions.turn import Turn
from analytics.records import Order


class TrackOrder(EngagementAction):
    """Answer "where is my order?"."""

    action_name = "action_track_order"

    def respond(self, turn: Turn) -> list[EventType]:
        """Give the state of one order, only to its owner; a visitor shows first whose it is."""
        if turn.customer_id is None:
            return begin(turn, self.analytics, "track")
        order_id = turn.entity(slots.ORDER_ID)
        order = self._order(order_id, turn.customer_id)
        if order:
            tell_where(turn, self.analytics, order)
        elif order_id:
            turn.say("utter_track_order_unknown", order_id=order_id)
        else:
            turn.say("utter_track_order_none")
        return []

    def _order(self, order_id: str | None, customer_id: str) -> Order | None:
        if order_id:
            return self.analytics.order(order_id, customer_id)
        return next(iter(self.analytics.orders(customer_id, limit=1)), None)
