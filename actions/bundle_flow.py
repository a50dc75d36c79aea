"""A bundle in the chat: told with its price beside what goes with a product, taken by a word, and why it is one."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet

from actions import slots, wording
from actions.bundle_terms import bundle_facts, reason_told, told, told_before
from actions.list_flow import put
from actions.order_pending import begun, pending_of
from actions.reorder_flow import pursue
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.recommendation_records import Bundle
from analytics.shopping_service import Wish


def tell(turn: Turn, analytics: Analytics, bundle: Bundle) -> list[EventType]:
    """Tell what goes together and what it costs; a saving only where there is one, and she can have it."""
    facts = bundle_facts(bundle, analytics.shop().currency)
    if not bundle.saving:
        turn.say("utter_bundle_plain", **facts)
    elif turn.customer_id is None:
        turn.say("utter_bundle_price_visitor", **facts)
    else:
        turn.say("utter_bundle_price", **facts)
    return [told(bundle), SlotSet(slots.OPEN_QUESTION, slots.ASKED_BUNDLE)]


def take(turn: Turn, analytics: Analytics) -> list[EventType]:
    """Begin an order with it, or add it to the one under way; where she can't order here it goes on her list."""
    terms = told_before(turn)
    if terms is None:
        turn.say("utter_bundle_which")
        return []
    if not _can_order(turn, analytics):
        return _on_the_list(turn, analytics, terms.product_ids, promised=terms.saving > 0)
    under_way = pending_of(turn)
    if under_way is None or under_way.kind != "reorder" or not under_way.source:
        under_way = replace(begun(turn, "reorder"), source="things", told="")
    basket = dict(under_way.changes)
    basket |= {one: max(basket.get(one, 0), 1) for one in terms.product_ids}
    return pursue(turn, analytics, replace(under_way, changes=tuple(basket.items()), everything=True, step=""))


def explain(turn: Turn, analytics: Analytics) -> list[EventType]:
    """Say why its products are offered together."""
    terms = told_before(turn)
    known = analytics.products_by_id(terms.product_ids) if terms else {}
    if terms is None or len(known) < len(terms.product_ids):
        turn.say("utter_bundle_which")
        return []
    names = [wording.short_name(known[one]) for one in terms.product_ids]
    turn.say("utter_bundle_why", products=wording.listing(names), reason=reason_told(turn))
    return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_BUNDLE)]


def _can_order(turn: Turn, analytics: Analytics) -> bool:
    if turn.customer_id is None or not analytics.ordering_service().policy.by_chat:
        return False
    return bool(analytics.orders(turn.customer_id, limit=1))


def _on_the_list(turn: Turn, analytics: Analytics, product_ids: tuple[str, ...], *, promised: bool) -> list[EventType]:
    known = analytics.products_by_id(product_ids)
    wishes = [
        Wish(name=wording.short_name(known[one]), product_id=one, quantity=1) for one in product_ids if one in known
    ]
    events = put(turn, analytics, wishes)
    if promised and turn.customer_id is None:
        turn.say("utter_bundle_listed")
    return events
