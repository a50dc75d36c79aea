"""Tell what the catalogue knows of a product: price, size, whether it is there, brand."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.base import EngagementAction
from actions.product_facts import tell_facts
from actions.product_search import say_nothing_found, show_all
from actions.products_asked import products_asked
from actions.turn import Turn


class TellProductDetails(EngagementAction):
    """Answer "how big is it", "tell me more about the second one", "how much is the pizza", "is it in stock"."""

    action_name = "action_product_details"

    def respond(self, turn: Turn) -> list[EventType]:
        """Tell of what she points at or names; where a name may mean several products, show them."""
        asked = products_asked(turn, self.analytics)
        if asked.undecided:
            return show_all(turn, self.analytics, asked)
        if asked.best:  # other words of hers that name nothing are no products
            return tell_facts(turn, self.analytics, asked)
        if asked.missing:
            say_nothing_found(turn, asked.missing[-1:])
        else:
            turn.say("utter_details_which")
        return []
