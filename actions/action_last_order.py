"""Tell what she bought last time."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import wording
from actions.base import EngagementAction
from actions.turn import Turn
from analytics.records import Order

#: Products named before the rest is counted.
NAMED_PRODUCTS = 5


class TellLastOrder(EngagementAction):
    """Answer "what did I buy last time?"."""

    action_name = "action_last_order"

    def respond(self, turn: Turn) -> list[EventType]:
        """Name the products of her latest order, with its date and total."""
        if turn.customer_id is None:
            turn.say("utter_last_order_sign_in")
            return []
        orders = self.analytics.orders(turn.customer_id, limit=1)
        if not orders:
            turn.say("utter_last_order_none")
            return []
        self._tell(turn, orders[0])
        return []

    def _tell(self, turn: Turn, order: Order) -> None:
        names = list(dict.fromkeys(wording.short_name(line.product) for line in order.lines))
        facts = {
            "placed": wording.day(order.placed_at),
            "products": wording.listing(names[:NAMED_PRODUCTS]),
            "total": wording.money(order.total, self.analytics.shop().currency),
        }
        if not names:
            turn.say("utter_last_order_without_lines", placed=facts["placed"], total=facts["total"])
        elif len(names) <= NAMED_PRODUCTS:
            turn.say("utter_last_order_all", **facts)
        else:
            facts["products"] = wording.enumeration(names[:NAMED_PRODUCTS])
            turn.say("utter_last_order_some", more=str(len(names) - NAMED_PRODUCTS), **facts)
