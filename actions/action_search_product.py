"""Find products by the words a customer uses."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots
from actions.base import EngagementAction
from actions.pointing import products_shown, speaks_of_shown
from actions.product_facts import tell_facts
from actions.product_search import find_and_show, find_at_price, find_each
from actions.products_asked import products_asked
from actions.search_wish import price_wish, thing_alone
from actions.turn import Turn


class SearchProduct(EngagementAction):
    """Answer "do you have decaf coffee?"."""

    action_name = "action_search_product"

    def respond(self, turn: Turn) -> list[EventType]:
        """Show what was found, or say that nothing was; without a query, tell of what was shown or ask for one."""
        query = turn.entity(slots.PRODUCT_QUERY)
        if not query and speaks_of_shown(turn.text) and products_shown(turn):
            return tell_facts(turn, self.analytics, products_asked(turn, self.analytics))
        named = turn.entities(slots.PRODUCT_QUERY)
        several = find_each(turn, self.analytics, named) if len(named) > 1 else None
        if several is not None:
            return several
        searched = " and ".join(named) or turn.text
        if not searched:
            turn.say("utter_search_what")
            return []
        events = self._found(turn, searched)
        if events is not None:
            return events
        if query:
            turn.could_not_meet(query)
            turn.say("utter_search_nothing", product_query=query)
        else:
            turn.say("utter_search_what")
        return []

    def _found(self, turn: Turn, searched: str) -> list[EventType] | None:
        """Show what was found, at her price where she names one; None where there is nothing."""
        wish = price_wish(turn.text)
        thing = thing_alone(searched) if wish else ""
        priced = find_at_price(turn, self.analytics, thing, wish) if wish and thing else None
        return find_and_show(turn, self.analytics, thing or searched) if priced is None else priced
