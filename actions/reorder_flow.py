"""The way of a new order: what is to be in it, what it costs today, an explicit yes, placed."""

from __future__ import annotations

import json
import time
from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet

from actions import bundle_terms, order_answers, slots, wording
from actions.list_flow import put
from actions.list_items import shopper_of
from actions.order_details import with_details
from actions.order_pending import Pending, dropped, kept
from actions.order_questions import MOST_LISTED, told_of_the_unknown
from actions.reorder_basket import Begun, as_order, from_list, from_order, from_things, items_of
from actions.reorder_instead import tell_gone, with_instead
from actions.reorder_reading import again_in
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.ordering_records import NotPlaced, Placed, Quote
from analytics.records import Order
from analytics.shopping_service import Wish

#: Orders among which we look for what she means.
_LOOKED_AT = 15
#: More lines than these are not read out; what is left is counted.
_MOST_LINES = 25


def pursue(turn: Turn, analytics: Analytics, pending: Pending, said: str = "") -> list[EventType]:
    """Go one step further: a first basket, what she changes of it, the question for the yes.

    Parameters
    ----------
    said : the words from which things may be read; empty where the message is about something else.
    """
    if turn.customer_id is None:
        turn.say("utter_reorder_sign_in")
        return dropped()
    if pending.source:
        pending = with_instead(turn, pending)
        read = with_details(turn, analytics, pending, as_order(analytics, pending), said)
        return _asked(turn, analytics, read)
    orders = analytics.orders(turn.customer_id, limit=_LOOKED_AT)
    if not orders:
        turn.say("utter_reorder_first")
        return dropped()
    return _begin(turn, analytics, pending, said or pending.told, orders)


def carry_out(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType]:
    """Place what she has just said yes to; asks again where it costs something else by now."""
    if turn.customer_id is None:
        return pursue(turn, analytics, pending)
    service = analytics.ordering_service()
    outcome = service.place(
        turn.customer_id,
        items_of(pending),
        agreed=pending.agreed,
        key=pending.key,
        bundle=bundle_terms.terms_of(pending),
    )
    if isinstance(outcome, Placed):
        return _placed(turn, analytics, pending, outcome)
    return _not_placed(turn, analytics, pending, outcome)


def _begin(turn: Turn, analytics: Analytics, pending: Pending, told: str, orders: list[Order]) -> list[EventType]:
    wish = again_in(told)
    if wish.from_list:
        begun = from_list(turn, analytics, pending, wish)
        if not begun.pending.changes and not begun.unknown:
            turn.say("utter_list_empty")
            return dropped()
        return _begun(turn, analytics, begun, wish.changes, "utter_reorder_not_linked")
    source = _order_meant(analytics, pending, turn.customer_id or "", orders)
    if source is None:
        return order_answers.no_such_order(turn, pending)
    begun = from_things(pending, wish, [source] if pending.order_id else orders)
    if not begun.pending.changes:
        # Nothing she names was ever bought: everything is meant, or what of the last order may it be?
        whole = wish.whole or not wish.things
        begun = Begun(from_order(pending, source, whole=whole), () if whole else begun.unknown)
    return _begun(turn, analytics, begun, wish.changes if begun.pending.everything else "")


def _begun(
    turn: Turn, analytics: Analytics, begun: Begun, changes: str, unknown: str = "utter_reorder_not_bought"
) -> list[EventType]:
    if begun.unknown:
        turn.say(unknown, things=wording.listing(begun.unknown))
    return _asked(
        turn, analytics, with_details(turn, analytics, begun.pending, as_order(analytics, begun.pending), changes)
    )


def _asked(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType]:
    """Ask for what is missing, or for the yes; where the shop takes no orders here the list has to do."""
    if not analytics.ordering_service().policy.by_chat:
        return _listed(turn, analytics, pending)
    pending = told_of_the_unknown(turn, pending)
    if not pending.everything:
        return _ask_which(turn, analytics, pending)
    pending, news = bundle_terms.with_bundle(turn, analytics, pending)
    quote = analytics.ordering_service().quote(items_of(pending), bundle=bundle_terms.terms_of(pending))
    return [*_ask_yes(turn, analytics, pending, quote), *news]


def _ask_which(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType]:
    names = [wording.short_name(line.product) for line in as_order(analytics, pending).lines]
    response = "utter_reorder_which_of_many" if len(names) > MOST_LISTED else "utter_reorder_which"
    turn.say(response, products=wording.listing(names), order_id=pending.order_id)
    return kept(replace(pending, step="items", asked_at=time.time()))


def _ask_yes(turn: Turn, analytics: Analytics, pending: Pending, quote: Quote) -> list[EventType]:
    offered = tell_gone(turn, analytics, pending, quote)
    if not quote.lines and not offered:
        turn.say("utter_reorder_nothing_left")
        return dropped()
    policy, currency = analytics.ordering_service().policy, analytics.shop().currency
    facts = {
        "total": wording.money(quote.total, currency),
        "most": wording.money(policy.most_total, currency),
        "items": _written(quote, currency),
        "more": str(len(quote.lines) - _MOST_LINES),
        "expected": wording.day(quote.expected_at),
        "order_key": json.dumps(pending.order_id),
    }
    gone = {product.product_id for product in quote.gone}
    left = tuple(change for change in pending.changes if change[0] not in gone)
    asked = replace(pending, changes=left, agreed=quote.total, asked_at=time.time())
    if not quote.lines:
        return kept(replace(asked, step="changes"))
    if quote.total > policy.most_total:
        turn.say("utter_reorder_too_much", **facts)
        return kept(replace(asked, step="changes"))
    turn.say("utter_reorder_confirm_long" if len(quote.lines) > _MOST_LINES else "utter_reorder_confirm", **facts)
    return kept(replace(asked, step="confirm"))


def _placed(turn: Turn, analytics: Analytics, pending: Pending, placed: Placed) -> list[EventType]:
    turn.say(
        "utter_reorder_done",
        order_id=placed.order_id,
        total=wording.money(placed.total, analytics.shop().currency),
        expected=wording.day(placed.expected_at),
        order_key=json.dumps(placed.order_id),
    )
    if placed.discount:
        turn.say("utter_bundle_ordered", saving=wording.money(placed.discount, analytics.shop().currency))
    if pending.source == "list":
        _take_off(turn, analytics, pending)
    return [*dropped(), *([SlotSet(slots.BUNDLE_TOLD, None)] if placed.discount else [])]


def _not_placed(turn: Turn, analytics: Analytics, pending: Pending, outcome: NotPlaced) -> list[EventType]:
    if outcome.reason == "off":
        return _listed(turn, analytics, pending)
    if outcome.reason == "changed":
        turn.say("utter_reorder_changed")
    if pending.bundle_products:
        return _asked(turn, analytics, pending)  # what the bundle costs now is worked out anew
    return _ask_yes(turn, analytics, pending, outcome.quote)


def _take_off(turn: Turn, analytics: Analytics, pending: Pending) -> None:
    """What was on her list and is ordered now comes off it."""
    lists, bought = analytics.shopping_service(), {item.product_id for item in items_of(pending)}
    known = [item for item in lists.items(shopper_of(turn)) if item.product and item.product.product_id in bought]
    if lists.remove(shopper_of(turn), [item.name for item in known if item.product and item.product.in_stock]):
        turn.say("utter_reorder_off_the_list")


def _listed(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType]:
    """Put the basket on her list, where the shop takes no orders in the chat."""
    turn.say("utter_reorder_off")
    if pending.source != "list":
        lines = as_order(analytics, pending).lines
        put(
            turn,
            analytics,
            [
                Wish(name=wording.short_name(line.product), product_id=line.product.product_id, quantity=line.quantity)
                for line in lines
            ],
        )
    return dropped()


def _order_meant(analytics: Analytics, pending: Pending, customer_id: str, orders: list[Order]) -> Order | None:
    """Give the order she names, else the latest that was not cancelled."""
    if pending.order_id:
        return analytics.order(pending.order_id, customer_id)
    return next((order for order in orders if order.state != "cancelled"), orders[0])


def _written(quote: Quote, currency: str) -> str:
    shown = quote.lines[:_MOST_LINES]
    named = [(f"{line.quantity} × {wording.short_name(line.product)}", line.amount) for line in shown]
    priced = [(name, wording.money(amount, currency)) for name, amount in named]
    return wording.lines([*priced, *bundle_terms.written(quote, currency)])
