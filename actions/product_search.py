"""Find products and show them: what the search action does, and the fallback after "what are you looking for?"."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.events import EventType

from actions import wording
from actions.cards import show_products
from actions.pointing import words_of
from actions.products_asked import Asked
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.records import PriceWish

SHOWN = 3
#: Cards where several things are looked for at once.
_SHOWN_OF_SEVERAL = 6


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


def find_each(turn: Turn, analytics: Analytics, names: Sequence[str]) -> list[EventType] | None:
    """Show what the shop has for each of several things, and say for which it has nothing.

    Returns
    -------
    Events for Rasa; None where the names are one thing ("salt and vinegar chips"), or there is nothing of any.
    """
    whole = analytics.search_products(" ".join(names), customer_id=turn.customer_id, limit=1)
    if whole and set(words_of(" ".join(names))) <= set(words_of(f"{whole[0].name} {whole[0].category}")):
        return None
    share = max(1, _SHOWN_OF_SEVERAL // len(names))
    found = {name: analytics.search_products(name, customer_id=turn.customer_id, limit=share) for name in names}
    there = {name: products for name, products in found.items() if products}
    if not there:
        return None
    turn.say("utter_search_found", product_query=wording.listing(list(there)))
    missing = [name for name, products in found.items() if not products]
    events = show_products(turn, [one for products in there.values() for one in products], analytics.shop().currency)
    if missing:
        for name in missing:
            turn.could_not_meet(name)
        turn.say("utter_search_but_not", product_query=wording.listing(missing))
    return events


def find_at_price(turn: Turn, analytics: Analytics, query: str, wish: PriceWish) -> list[EventType] | None:
    """Show what costs what she wants, else what comes nearest to it, which is said.

    Returns
    -------
    Events for Rasa; None where the shop has nothing of it, and then nothing was said.
    """
    currency = analytics.shop().currency
    found = analytics.search_products(query, customer_id=turn.customer_id, limit=SHOWN, price=wish)
    response = _priced_response(wish)
    if not found:
        nearest = PriceWish(order="cheapest" if wish.most is not None else "dearest")
        found = analytics.search_products(query, customer_id=turn.customer_id, limit=SHOWN, price=nearest)
        response = "utter_search_not_at_price"
    if not found:
        return None
    least, most = (wording.money(amount or 0.0, currency) for amount in (wish.least, wish.most))
    turn.say(response, product_query=query, least=least, most=most)
    return show_products(turn, found, currency)


def _priced_response(wish: PriceWish) -> str:
    if wish.order is not None:
        return "utter_search_cheapest" if wish.order == "cheapest" else "utter_search_dearest"
    if wish.least is not None:
        return "utter_search_between" if wish.most is not None else "utter_search_from"
    return "utter_search_up_to"


def show_all(turn: Turn, analytics: Analytics, asked: Asked) -> list[EventType]:
    """Show what the shop has for each name that may mean several products, and say which of them is meant."""
    turn.say("utter_details_several_kinds", product_query=wording.listing(list(asked.found)))
    share = max(1, SHOWN // len(asked.found))
    products = [product for found in asked.found.values() for product in found[:share]]
    return show_products(turn, products, analytics.shop().currency)


def say_nothing_found(turn: Turn, names: list[str]) -> None:
    """Say that the shop has nothing of these names."""
    for name in names:
        turn.could_not_meet(name)
    turn.say("utter_search_nothing", product_query=wording.listing(names))
