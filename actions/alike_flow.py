"""More of the kind of a product: "more like the second one", "something similar"."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import wording
from actions.product_search import say_nothing_found
from actions.products_asked import products_asked
from actions.refusals import refused_products
from actions.suggesting import PICKS, suggest
from actions.turn import Turn
from analytics.facade import Analytics


def show_alike(turn: Turn, analytics: Analytics) -> list[EventType]:
    """Show what is like the product she means; where several may be meant, the first; without any, ask for one."""
    asked = products_asked(turn, analytics)
    known = [facts.product for facts in analytics.product_facts(asked.best)]
    if not known:
        if asked.missing:
            say_nothing_found(turn, asked.missing[-1:])
        else:
            turn.say("utter_alike_which")
        return []
    name = wording.short_name(known[0])
    picks = analytics.similar(
        known[0].product_id,
        customer_id=turn.customer_id,
        limit=PICKS,
        exclude=refused_products(turn, analytics) | frozenset(asked.pointed),
    )
    turn.say("utter_alike_found" if picks else "utter_alike_none", product_name=name)
    return suggest(turn, analytics, picks) if picks else []
