"""Find products and show them: what the search action does, and the fallback after "what are you looking for?"."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import wording
from actions.cards import show_products
from actions.products_asked import Asked
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


def show_all(turn: Turn, analytics: Analytics, asked: Asked) -> list[EventType]:
    """Show what the shop has for each name that may mean several products, and say which of them is meant."""
    turn.say("utter_details_several_kinds", product_query=wording.listing(list(asked.found)))
    share = max(1, SHOWN // len(asked.found))
    products = [product for found in asked.found.values() for product in found[:share]]
    return show_products(turn, products, analytics.shop().currency)


def say_nothing_found(turn: Turn, names: list[str]) -> None:
    """Say that the shop has nothing of these names."""
    turn.say("utter_search_nothing", product_query=wording.listing(names))
