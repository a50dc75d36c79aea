"""Order something again."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.list_flow import put
from actions.list_items import linked
from actions.order_action import OrderAction
from actions.order_pending import dropped
from actions.reorder_reading import again_in
from actions.turn import Turn


class Reorder(OrderAction):
    """Begins with "the same as last time"; what follows is in `actions.reorder_flow`."""

    action_name = "action_reorder"
    kind = "reorder"

    def respond(self, turn: Turn) -> list[EventType]:
        """Begin; a visitor has no orders we know of: she is asked to sign in, and what she names goes on her list."""
        if turn.customer_id is not None:
            return super().respond(turn)
        turn.say("utter_reorder_sign_in")
        wishes = [linked(thing, turn, self.analytics) for thing in again_in(turn.text).things]
        known = [wish for wish in wishes if wish.product_id is not None]
        return [*(put(turn, self.analytics, known) if known else []), *dropped()]
