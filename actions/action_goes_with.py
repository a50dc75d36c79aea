"""Tell what goes with a product: what the shop's customers put into the same baskets."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType

from actions import slots, wording
from actions.action_find_substitute import FindSubstitute
from actions.base import EngagementAction
from actions.product_search import say_nothing_found
from actions.products_asked import Asked, products_asked
from actions.refusals import refused_products
from actions.suggesting import PICKS, suggest
from actions.turn import Turn

#: "Red wine, which cheese goes with it?" is about the first thing, "which cheese goes with red wine?" about the last.
_WITH_IT = re.compile(r"\b(?:with|beside|to|on|for)\s+(?:it|that|this|them|those|these)\b", re.IGNORECASE)
#: "What can I take instead of spaghetti" asks for the like of it, however it was read.
_INSTEAD = re.compile(r"\b(?:instead of|in (?:the )?place of|rather than|substitute|replace(?:ment)?)\b", re.IGNORECASE)


class GoesWith(EngagementAction):
    """Answer "what goes with spaghetti", "what do I need for tacos"."""

    action_name = "action_goes_with"

    def respond(self, turn: Turn) -> list[EventType]:
        """Suggest what is often bought with it, each with its figures; without a product, ask for one."""
        if _INSTEAD.search(turn.text):
            return FindSubstitute().respond(turn)
        asked = _one_thing(products_asked(turn, self.analytics), turn.text)
        ids = [*asked.pointed, *(product.product_id for found in asked.found.values() for product in found)]
        if not ids:
            if asked.missing:
                say_nothing_found(turn, asked.missing[-1:])
            else:
                turn.say("utter_goes_with_which")
            return []
        picks = self.analytics.goes_with(
            ids,
            customer_id=turn.customer_id,
            limit=PICKS,
            exclude=refused_products(turn, self.analytics) | frozenset(asked.pointed),
        )
        name = self._spoken(turn, asked)
        if not picks:
            turn.say("utter_goes_with_none", product_query=name)
            return []
        turn.say("utter_goes_with_found", product_query=name)
        return suggest(turn, self.analytics, picks)

    def _spoken(self, turn: Turn, asked: Asked) -> str:
        """Give what it goes with: in her own words, else by the names of what was shown."""
        named = [query for query in turn.entities(slots.PRODUCT_QUERY) if query not in asked.missing]
        facts = [] if named else self.analytics.product_facts(asked.best)
        chosen = named[:1] if _WITH_IT.search(turn.text) else named[-1:]
        return wording.listing(chosen or [wording.short_name(one.product).lower() for one in facts])


def _one_thing(asked: Asked, text: str) -> Asked:
    """Keep, of several names, the one that something is to go with."""
    names = list(asked.found)
    if not names or asked.pointed:
        return asked
    name = names[0] if _WITH_IT.search(text) else names[-1]
    return Asked(found={name: asked.found[name]}, missing=asked.missing)
