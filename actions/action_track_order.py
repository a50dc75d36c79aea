"""Tell where an order is: the one she names, else her latest."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots, wording
from actions.base import EngagementAction
from actions.turn import Turn
from analytics.records import Order


class TrackOrder(EngagementAction):
    """Answer "where is my order?"."""

    action_name = "action_track_order"

    def respond(self, turn: Turn) -> list[EventType]:
        """Give the state of one order, only to its owner; a visitor is asked to sign in."""
        if turn.customer_id is None:
            turn.say("utter_track_order_sign_in")
            return []
        order_id = turn.entity(slots.ORDER_ID)
        order = self._order(order_id, turn.customer_id)
        if order:
            self._tell(turn, order)
        elif order_id:
            turn.say("utter_track_order_unknown", order_id=order_id)
        else:
            turn.say("utter_track_order_none")
        return []

    def _order(self, order_id: str | None, customer_id: str) -> Order | None:
        if order_id:
            return self.analytics.order(order_id, customer_id)
        return next(iter(self.analytics.orders(customer_id, limit=1)), None)

    @staticmethod
    def _tell(turn: Turn, order: Order) -> None:
        facts = {"order_id": order.order_id, "placed": wording.day(order.placed_at)}
        response = f"utter_track_order_{order.state}"
        if order.state in ("cancelled", "returned"):
            turn.say(response, **facts)
        elif order.expected_at is None:
            turn.say(f"{response}_undated", **facts)
        else:
            told = f"{response}_estimated" if order.estimated else response
            turn.say(told, expected=wording.day(order.expected_at), **facts)
