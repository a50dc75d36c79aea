"""The way of a request about an order: whose and which order, what is missing, the policy, an explicit yes, done."""

from __future__ import annotations

import time
from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet

from actions import order_answers, order_questions, reorder_flow, slots
from actions.order_details import with_details
from actions.order_identity import Requester, identify, requester_of
from actions.order_pending import SAME, Pending, dropped, kept
from actions.order_where import tell_where
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.order_records import Allowed, ItemChange, OrderRequest, Refused
from analytics.records import Order

#: Orders among which we look for the one she most likely means.
_LOOKED_AT = 10
#: States in which an order is the likelier one to be meant; without such an order it is the latest.
_LIKELIER = {
    "cancel": ("being_prepared",),
    "address": ("being_prepared",),
    "return": ("delivered",),
    "problem": ("delivered",),
    "exchange": ("delivered",),
    "items": ("being_prepared",),
    "slot": ("being_prepared",),
    "payment": ("being_prepared",),
}


def pursue(turn: Turn, analytics: Analytics, pending: Pending, said: str = "") -> list[EventType]:
    """Go one step further with a request, and say what follows: a question, a refusal or an answer.

    Parameters
    ----------
    pending : what is known so far.
    said : the words from which products may be read; empty where the message is about something else.
    """
    if pending.kind == "reorder":
        return reorder_flow.pursue(turn, analytics, pending, said)
    requester = _entitled(turn, pending)
    events: list[EventType] = []
    if requester is None:
        requester, events = identify(turn, analytics, pending)
        if requester is None:
            return events
        pending = replace(pending, claimed_order="", claimed_email="")
        said = pending.told  # number and address were all her last message told
    if pending.kind == "refund" and not (pending.order_id or requester.only):
        return [*events, *order_answers.tell_refunds(turn, analytics, requester.customer_id, "")]
    order = _order_meant(analytics, requester, pending)
    if order is None:
        return [*events, *order_answers.no_such_order(turn, pending)]
    pending = replace(pending, order_id=order.order_id)
    return [*events, *_further(turn, analytics, requester, order, with_details(turn, analytics, pending, order, said))]


def carry_out(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType]:
    """Do what she has just said yes to; asks again where she is not known any more or the order is gone."""
    if pending.kind == "reorder":
        return reorder_flow.carry_out(turn, analytics, pending)
    requester = _entitled(turn, pending)
    order = _order_meant(analytics, requester, pending) if requester else None
    if requester is None or order is None:
        return pursue(turn, analytics, pending)
    outcome = analytics.order_service().carry_out(_request(requester, pending), pending.key)
    return order_answers.tell_outcome(turn, analytics, pending, order, outcome)


def take_another(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType]:
    """Turn to the order before the one we spoke of; a visitor is asked for its number."""
    fresh = replace(
        pending, order_id="", product_ids=(), everything=False, changes=(), unknown=(), absent=(), source=""
    )
    if turn.customer_id is None:
        return [SlotSet(slots.ORDER_PASS, None), *_identify_anew(turn, fresh)]
    ids = [order.order_id for order in analytics.orders(turn.customer_id, limit=_LOOKED_AT)]
    if pending.order_id not in ids or len(ids) == 1:
        return pursue(turn, analytics, fresh, pending.told)
    following = ids[(ids.index(pending.order_id) + 1) % len(ids)]
    return pursue(turn, analytics, replace(fresh, order_id=following), pending.told)


def _identify_anew(turn: Turn, pending: Pending) -> list[EventType]:
    turn.say("utter_order_identify")
    return kept(replace(pending, step="identify", claimed_order="", asked_at=time.time()))


def _entitled(turn: Turn, pending: Pending) -> Requester | None:
    """Give who is asking, if she may speak of this order: a visitor's proof is for one order alone."""
    requester = requester_of(turn)
    named = pending.order_id or pending.claimed_order
    if requester is not None and requester.only and named not in ("", requester.only):
        return None
    return requester


def _order_meant(analytics: Analytics, requester: Requester, pending: Pending) -> Order | None:
    wanted = requester.only or pending.order_id
    if wanted:
        return analytics.order(wanted, requester.customer_id)
    latest = analytics.orders(requester.customer_id, limit=_LOOKED_AT)
    likelier = _LIKELIER.get(pending.kind, ())
    return next((order for order in latest if order.state in likelier), latest[0] if latest else None)


def _further(turn: Turn, analytics: Analytics, requester: Requester, order: Order, pending: Pending) -> list[EventType]:
    if pending.kind == "track":
        tell_where(turn, analytics, order)
        return dropped()
    if pending.kind == "invoice":
        return order_answers.tell_invoice(turn, analytics, order)
    if pending.kind == "refund":
        return order_answers.tell_refunds(turn, analytics, requester.customer_id, order.order_id)
    judged = analytics.order_service().check(_request(requester, pending))
    if isinstance(judged, Refused):
        return order_answers.tell_refusal(turn, analytics, pending, judged)
    if not isinstance(judged, Allowed):
        return order_answers.no_such_order(turn, pending)
    return order_questions.ask(turn, analytics, pending, judged)


def _request(requester: Requester, pending: Pending) -> OrderRequest:
    return OrderRequest(
        customer_id=requester.customer_id,
        order_id=pending.order_id,
        kind=pending.kind,  # type: ignore[arg-type]  # what is only looked up never comes here
        product_ids=pending.product_ids,
        problem=pending.problem or None,  # type: ignore[arg-type]  # one of the three that `problem_in` gives
        address=pending.address or None,
        changes=tuple(ItemChange(product_id=each, quantity=count) for each, count in pending.changes),
        replacement=None if pending.replacement in ("", SAME) else pending.replacement,
        slot_id=pending.choice or None if pending.kind == "slot" else None,
        payment_method=pending.choice or None if pending.kind == "payment" else None,
        reason=pending.choice or None if pending.kind == "cancel" else None,
    )
