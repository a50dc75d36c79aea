"""What is said at the end of a request about an order: done, refused, not found, or what was looked up."""

from __future__ import annotations

from datetime import UTC, datetime

from rasa_sdk.events import EventType

from actions import slots, wording
from actions.order_pending import Pending, dropped, pending_of
from actions.order_questions import about, product_names
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.order_records import Done, Refund, Refused, UnknownOrder
from analytics.records import Order

#: By kind and reason; reasons that sound the same for every kind follow.
_REFUSALS = {
    ("cancel", "too_late"): "utter_order_cancel_too_late",
    ("address", "too_late"): "utter_order_address_too_late",
    ("return", "not_delivered"): "utter_order_return_not_delivered",
    ("problem", "not_delivered"): "utter_order_problem_not_delivered",
    ("return", "expired"): "utter_order_return_expired",
    ("problem", "expired"): "utter_order_problem_expired",
    ("return", "excluded"): "utter_order_return_excluded",
}
_REFUSALS_OF_ANY_KIND = {
    "cancelled": "utter_order_cancelled_before",
    "returned": "utter_order_returned_before",
    "already": "utter_order_asked_before",
    "not_in_order": "utter_order_not_in_it",
}
#: Refusals after which a colleague may still find a way, and is offered.
_PERSON_MAY_HELP = frozenset({"too_late", "expired", "excluded"})
_DONE = {
    "cancel": "utter_order_cancel_done",
    "return": "utter_order_return_done",
    "address": "utter_order_address_done",
}


def tell_outcome(
    turn: Turn, analytics: Analytics, pending: Pending, order: Order, outcome: Done | Refused | UnknownOrder
) -> list[EventType]:
    """Say what came of a request that she confirmed."""
    if isinstance(outcome, Refused):
        return tell_refusal(turn, analytics, pending, outcome)
    if isinstance(outcome, UnknownOrder):
        return no_such_order(turn, pending)
    facts = {
        "amount": wording.money(outcome.amount or 0.0, analytics.shop().currency),
        "until": wording.day(outcome.refund_by) if outcome.refund_by else "",
        "products": wording.listing(product_names(order, outcome.product_ids)),
        "address": pending.address,
    }
    if outcome.kind == "problem":
        turn.say("utter_order_problem_open" if outcome.needs_person else "utter_order_problem_refunded", **facts)
    else:
        turn.say(_DONE[outcome.kind], **facts, **about(order))
    return dropped()


def tell_refusal(turn: Turn, analytics: Analytics, pending: Pending, refused: Refused) -> list[EventType]:
    """Say why not, and what can be done instead."""
    policy = analytics.order_service().policy
    response = _REFUSALS.get((pending.kind, refused.code)) or _REFUSALS_OF_ANY_KIND[refused.code]
    turn.say(
        response,
        days=str(policy.return_within_days if pending.kind == "return" else policy.report_within_days),
        products=wording.listing(product_names(refused.order, pending.product_ids)),
        **about(refused.order),
    )
    return dropped(slots.ASKED_PERSON if refused.code in _PERSON_MAY_HELP else None)


def no_such_order(turn: Turn, pending: Pending) -> list[EventType]:
    """Say that there is no order of hers by that number, or none at all."""
    if pending.order_id:
        turn.say("utter_order_unknown", order_id=pending.order_id)
    else:
        turn.say("utter_order_none")
    return dropped()


def tell_refunds(turn: Turn, analytics: Analytics, customer_id: str, order_id: str) -> list[EventType]:
    """Say how the refunds stand: of one order, or of all where `order_id` is empty."""
    refunds = analytics.order_service().refunds(customer_id, order_id or None)
    if not refunds:
        turn.say("utter_order_refund_none")
    for refund in refunds[:3]:
        facts = {
            "order_id": refund.order_id,
            "amount": wording.money(refund.amount or 0.0, analytics.shop().currency),
            "asked": wording.day(refund.asked_at),
            "until": wording.day(refund.refund_by) if refund.refund_by else "",
        }
        turn.say(_refund_response(refund), **facts)
    return _looked_up(turn)


def _looked_up(turn: Turn) -> list[EventType]:
    """End a look-up: a request for something else that is under way stays."""
    pending = pending_of(turn)
    return [] if pending is not None and pending.kind not in ("refund", "invoice") else dropped()


def _refund_response(refund: Refund) -> str:
    if refund.refund_by is None:
        return "utter_order_refund_open"
    return "utter_order_refund_coming" if refund.refund_by > datetime.now(UTC) else "utter_order_refund_due"


def tell_invoice(turn: Turn, analytics: Analytics, order: Order) -> list[EventType]:
    """Give a copy of the invoice, line by line."""
    currency = analytics.shop().currency
    bought = [(f"{line.quantity} × {line.product.name}", wording.money(line.amount, currency)) for line in order.lines]
    turn.say(
        "utter_order_invoice",
        shop=analytics.shop().name,
        lines=wording.lines(bought),
        total=wording.money(order.total, currency),
        **about(order),
    )
    return _looked_up(turn)
