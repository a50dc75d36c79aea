"""Find something to take instead: the like of it, cheaper where she wants that, in stock."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType

from actions import wording
from actions.alike_flow import show_alike
from actions.base import EngagementAction
from actions.product_search import say_nothing_found
from actions.products_asked import Asked, products_asked
from actions.recommend_reading import wants_alike
from actions.refusals import refused_products
from actions.suggesting import PICKS, suggest
from actions.turn import Turn
from analytics.records import Product

_CHEAPER = re.compile(
    r"\b(?:cheap(?:er)?|cheeper|less (?:expensive|pricey|costly|money)|lower[- ]priced?|costs? less|more affordable"
    r"|affordable|on a budget|too (?:expensive|dear|pricey|much)|save (?:some )?money)\b",
    re.IGNORECASE,
)


class FindSubstitute(EngagementAction):
    """Answer "something like X but cheaper", "what can I take instead of X, it's out of stock"."""

    action_name = "action_find_substitute"

    def respond(self, turn: Turn) -> list[EventType]:
        """Suggest what is most like it, never what she has refused; without a product, ask for one."""
        if wants_alike(turn.text):
            return show_alike(turn, self.analytics)
        asked = products_asked(turn, self.analytics)
        cheaper = bool(_CHEAPER.search(turn.text))
        wanted = self._wanted(asked, cheaper=cheaper)
        if wanted is None:
            if asked.missing:
                say_nothing_found(turn, asked.missing[-1:])
            else:
                turn.say("utter_substitute_which")
            return []
        picks = self.analytics.substitutes(
            wanted.product_id,
            customer_id=turn.customer_id,
            limit=PICKS,
            exclude=refused_products(turn, self.analytics) | frozenset(asked.pointed),
            cheaper=cheaper,
        )
        name = wording.short_name(wanted)
        if not picks:
            turn.say("utter_substitute_none_cheaper" if cheaper else "utter_substitute_none", product_name=name)
            return []
        if cheaper:
            turn.say("utter_substitute_cheaper", product_name=name)
        else:
            turn.say("utter_substitute_found" if wanted.in_stock else "utter_substitute_sold_out", product_name=name)
        return suggest(turn, self.analytics, picks)

    def _wanted(self, asked: Asked, *, cheaper: bool) -> Product | None:
        """Give the product to stand in for: of several that were shown the cheapest, where cheaper ones are sought."""
        known = [facts.product for facts in self.analytics.product_facts(asked.best)]
        priced = [product for product in known if product.price is not None]
        if cheaper and priced:
            return min(priced, key=lambda product: product.price or 0.0)
        return known[0] if known else None
