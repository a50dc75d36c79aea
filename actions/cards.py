"""Product cards: the facts of each, handed to a card response of the domain, where its layout and words live."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rasa_sdk.events import EventType, SlotSet

from actions import slots, wording
from actions.turn import Turn
from analytics.records import Product, Recommendation

#: Reasons kept of a conversation: a card of ten lists ago can still be asked about.
_REASONS_KEPT = 30


def card_facts(product: Product, currency: str) -> dict[str, str]:
    """Give what a card says of a product; `price` is empty where it is unknown."""
    return {
        "product_id": product.product_id,
        "product_key": key_of(product),
        "product_name": product.name,
        "category": product.category,
        "price": wording.money(product.price, currency) if product.price is not None else "",
    }


def key_of(product: Product) -> str:
    """Give a product's id as a JSON string, quotes included, for the payload of a quick reply."""
    return json.dumps(product.product_id)


def show_recommendations(turn: Turn, picks: list[Recommendation], currency: str) -> list[EventType]:
    """Show a card with its reason for each pick, and keep in mind what was shown, and why."""
    for pick in picks:
        turn.say("utter_card_recommended", reason=pick.reason.text, **card_facts(pick.product, currency))
    told = {pick.product.product_id: pick.reason.text for pick in picks}
    kept = {one: text for one, text in reasons_told(turn).items() if one not in told} | told
    latest = dict(list(kept.items())[-_REASONS_KEPT:])
    return [*now_shown([pick.product for pick in picks]), SlotSet(slots.REASONS_TOLD, latest)]


def reasons_told(turn: Turn) -> dict[str, str]:
    """Give why products were recommended in this conversation, by their ids, the latest last."""
    kept = turn.slot(slots.REASONS_TOLD)
    return dict(kept) if isinstance(kept, dict) else {}


def show_products(turn: Turn, products: list[Product], currency: str) -> list[EventType]:
    """Show a card for each product found, and keep in mind what was shown."""
    for product in products:
        response = "utter_card_found" if product.in_stock else "utter_card_sold_out"
        turn.say(response, **card_facts(product, currency))
    return now_shown(products)


def now_shown(products: Sequence[Product]) -> list[EventType]:
    """Keep in mind what was shown; a single product is the one that "it" means from now on."""
    return [
        SlotSet(slots.SHOWN_PRODUCTS, [product.product_id for product in products]),
        SlotSet(slots.SHOWN_NAMES, [wording.short_name(product) for product in products]),
        SlotSet(slots.PRODUCT_IN_MIND, products[0].product_id if len(products) == 1 else None),
    ]
