"""The facts of one or several products, each fact with its own response."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots, wording
from actions.cards import key_of, now_shown
from actions.products_asked import Asked
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.records import ProductFacts


def tell_facts(turn: Turn, analytics: Analytics, asked: Asked) -> list[EventType]:
    """Tell what she asks of one product, or the chief facts of several; they are what "it" and "those" mean then."""
    facts = analytics.product_facts(asked.best, customer_id=turn.customer_id)
    currency = analytics.shop().currency
    if not facts:
        turn.say("utter_details_gone")
        return []
    if len(facts) > 1:
        _tell_several(turn, facts, currency)
    else:
        _tell_one(turn, facts[0], currency)
    if len(facts) == 1 and asked.pointed and facts[0].product.product_id in turn.slot_list(slots.SHOWN_PRODUCTS):
        return [SlotSet(slots.PRODUCT_IN_MIND, facts[0].product.product_id)]  # "the third one" still means its list
    return [] if set(asked.pointed) >= set(asked.best) and len(facts) > 1 else now_shown([one.product for one in facts])


def _tell_one(turn: Turn, facts: ProductFacts, currency: str) -> None:
    product = facts.product
    told = {
        "product_name": wording.short_name(product),
        "product_key": key_of(product),
        "price": wording.price(facts, currency),
        "size": wording.or_none(product.size),
        "category": product.category,
        "brand": wording.or_none(product.brand),
        "description": wording.opening(facts.description),
    }
    asked = turn.entity(slots.ASPECT)
    if asked == "price":
        response = "utter_details_price" if product.price is not None else "utter_details_price_unknown"
    elif asked == "size":
        response = "utter_details_size" if product.size else "utter_details_size_unknown"
    elif asked == "brand":
        response = "utter_details_brand" if product.brand else "utter_details_brand_unknown"
    elif asked == "label":
        response = "utter_details_label"
    elif asked == "stock" and product.in_stock:
        response = "utter_details_in_stock"
    else:
        response = _whole(facts) if asked != "stock" and product.in_stock else "utter_details_sold_out"
    turn.say(response, **told)
    if asked not in ("", None, "stock") and not product.in_stock:
        turn.say("utter_details_but_sold_out", **told)


def _whole(facts: ProductFacts) -> str:
    return "utter_details_described" if facts.description else "utter_details_all"


def _tell_several(turn: Turn, several: list[ProductFacts], currency: str) -> None:
    asked = turn.entity(slots.ASPECT)
    if asked == "label":
        turn.say("utter_details_several_label")
        return
    names = [wording.full_name(facts.product) for facts in several]
    remarks = [wording.price(facts, currency) for facts in several]
    gone = [wording.short_name(facts.product) for facts in several if not facts.product.in_stock]
    response = "utter_details_several_in_stock" if asked == "stock" and not gone else "utter_details_several"
    if asked == "brand":
        response, remarks = "utter_details_several_brands", [wording.or_none(one.product.brand) for one in several]
    turn.say(response, products=wording.lines(list(zip(names, remarks, strict=True))))
    if gone:
        turn.say("utter_details_some_sold_out", products=wording.listing(gone))
