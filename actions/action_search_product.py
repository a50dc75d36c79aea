"""Find products by the words a customer uses."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots
from actions.base import EngagementAction
from actions.pointing import products_shown, speaks_of_shown
from actions.product_facts import tell_facts
from actions.product_search import find_and_show
from actions.products_asked import products_asked
from actions.turn import Turn


class SearchProduct(EngagementAction):
    """Answer "do you have decaf coffee?"."""

    action_name = "action_search_product"

    def respond(self, turn: Turn) -> list[EventType]:
        """Show what was found, or say that nothing was; without a query, tell of what was shown or ask for one."""
        query = turn.entity(slots.PRODUCT_QUERY)
        if not query and speaks_of_shown(turn.text) and products_shown(turn):
            return tell_facts(turn, self.analytics, products_asked(turn, self.analytics))
        searched = query or turn.text
        if not searched:
            turn.say("utter_search_what")
            return []
        events = find_and_show(turn, self.analytics, searched)
        if events is not None:
            return events
        if query:
            turn.say("utter_search_nothing", product_query=query)
        else:
            turn.say("utter_search_what")
        return []
