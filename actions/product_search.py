"""Find products and show them: what the search action does, and the fallback after "what are you looking for?"."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.cards import show_products
from actions.turn import Turn
from analytics.facade import Analytics

SHOWN = 3


def find_and_show(turn: Turn, analytics: Analytics, query: str) -> list[EventType] | None:
    """Show what the shop has for a query.

    Returns
    -------
    Events for Rasa; None where nothing was found, and then nothing was said.
    """
    found = analytics.search_products(query, customer_id=turn.customer_id, limit=SHOWN)
    if not found:
        return None
    in_stock = any(product.in_stock for product in found)
    turn.say("utter_search_found" if in_stock else "utter_search_sold_out", product_query=query)
    return show_products(turn, found, analytics.shop().currency)
