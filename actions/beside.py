"""What goes with a product, and what it costs together with it."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType

from actions import slots, wording
from actions.bundle_flow import tell
from actions.bundle_reading import asks_for_bundle
from actions.bundle_terms import told_before
from actions.product_search import say_nothing_found
from actions.products_asked import Asked, products_asked
from actions.refusals import refused_products
from actions.suggesting import PICKS, suggest
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.recommendation_records import Bundle

#: "Red wine, which cheese goes with it?" is about the first thing, "which cheese goes with red wine?" about the last.
_WITH_IT = re.compile(r"\b(?:with|beside|to|on|for)\s+(?:it|that|this|them|those|these)\b", re.IGNORECASE)


def tell_beside(turn: Turn, analytics: Analytics) -> list[EventType]:
    """Suggest what is often bought with it, each with its figures, and the bundle; without a product, ask for one."""
    asked = _one_thing(products_asked(turn, analytics), turn.text)
    ids = [*asked.pointed, *(product.product_id for found in asked.found.values() for product in found)]
    if not ids:
        if asked.missing:
            say_nothing_found(turn, asked.missing[-1:])
        else:
            turn.say("utter_goes_with_which")
        return []
    unwanted = refused_products(turn, analytics) | frozenset(asked.pointed)
    picks = analytics.goes_with(ids, customer_id=turn.customer_id, limit=PICKS, exclude=unwanted)
    name = _spoken(turn, analytics, asked)
    if not picks:
        turn.say("utter_goes_with_none", product_query=name)
        return []
    turn.say("utter_goes_with_found", product_query=name)
    bundle = _bundle(turn, analytics, asked, unwanted)
    if bundle is None:
        return suggest(turn, analytics, picks)
    withheld = "" if asks_for_bundle(turn.text) and not turn.is_upset else _withheld(turn, analytics)
    if withheld:
        return suggest(turn, analytics, picks, bundle=bundle, withheld=withheld)
    return [*suggest(turn, analytics, picks, bundle=bundle), *tell(turn, analytics, bundle)]


def offer_with(turn: Turn, analytics: Analytics, product_id: str) -> list[EventType]:
    """Offer, unasked, a bundle around what she has just chosen: once a conversation, only where it saves her money."""
    if told_before(turn) is not None:
        return []
    bundle = analytics.bundle(
        [product_id], customer_id=turn.customer_id, exclude=refused_products(turn, analytics) | {product_id}
    )
    if bundle is None or not bundle.saving:
        return []
    withheld = _withheld(turn, analytics)
    chosen = None if withheld else ",".join(product.product_id for product in bundle.products[1:])
    turn.decide("recommendation", chosen=chosen, withheld=withheld or None)
    turn.decide_bundle(bundle, withheld)
    return [] if withheld else tell(turn, analytics, bundle)


def _withheld(turn: Turn, analytics: Analytics) -> str:
    """Give why nothing may be offered to her unasked, as for offers: "mood" or "opted_out"; empty where it may."""
    if turn.is_upset:
        return "mood"
    if turn.customer_id is None:
        return ""
    consent = analytics.account_service().consents(turn.customer_id).get("chat_offers")
    return "opted_out" if consent is not None and not consent.granted else ""


def _bundle(turn: Turn, analytics: Analytics, asked: Asked, unwanted: frozenset[str]) -> Bundle | None:
    """Give the bundle around the one thing she asks about; several are none."""
    one = asked.best
    if len(one) != 1:
        return None
    return analytics.bundle(one, customer_id=turn.customer_id, exclude=unwanted)


def _spoken(turn: Turn, analytics: Analytics, asked: Asked) -> str:
    """Give what it goes with: in her own words, else by the names of what was shown."""
    named = [query for query in turn.entities(slots.PRODUCT_QUERY) if query not in asked.missing]
    facts = [] if named else analytics.product_facts(asked.best)
    chosen = named[:1] if _WITH_IT.search(turn.text) else named[-1:]
    return wording.listing(chosen or [wording.short_name(one.product).lower() for one in facts])


def _one_thing(asked: Asked, text: str) -> Asked:
    """Keep, of several names, the one that something is to go with."""
    names = list(asked.found)
    if not names or asked.pointed:
        return asked
    name = names[0] if _WITH_IT.search(text) else names[-1]
    return Asked(found={name: asked.found[name]}, missing=asked.missing)
