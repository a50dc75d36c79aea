"""What is said at the end of a request about an order: done, refused, not found, or what was looked up."""

from __future__ import annotations

from datetime import UTC, datetime

from rasa_sdk.events import EventType

from actions import slots, wording
from actions.order_facts import about, facts_of, product_names, with_money
from actions.order_pending import SAME, Pending, dropped, pending_of
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.order_records import Done, Refund, Refused, UnknownOrder
from analytics.records import Order

#: By kind and reason; reasons that sound the same for every kind follow.
_REFUSALS = {
    ("cancel", "too_late"): "utter_order_cancel_too_late",
    ("cancel", "not_offered"): "utter_order_cancel_other_reason",
    ("address", "too_late"): "utter_order_address_too_late",
    ("items", "too_late"): "utter_order_change_too_late",
    ("items", "nothing_left"): "utter_order_items_nothing_left",
    ("items", "unchanged"): "utter_order_items_unchanged",
    ("items", "not_offered"): "utter_order_swap_other_kind",
    ("items", "unavailable"): "utter_order_swap_unavailable",
    ("slot", "too_late"): "utter_order_change_too_late",
    ("slot", "not_offered"): "utter_order_slot_none",
    ("slot", "unchanged"): "utter_order_slot_unchanged",
    ("payment", "too_late"): "utter_order_change_too_late",
    ("payment", "not_offered"): "utter_order_payment_none",
    ("payment", "unchanged"): "utter_order_payment_unchanged",
    ("return", "not_delivered"): "utter_order_return_not_delivered",
    ("exchange", "not_delivered"): "utter_order_exchange_not_delivered",
    ("problem", "not_delivered"): "utter_order_problem_not_delivered",
    ("return", "expired"): "utter_order_return_expired",
    ("exchange", "expired"): "utter_order_exchange_expired",
    ("problem", "expired"): "utter_order_problem_expired",
    ("return", "excluded"): "utter_order_return_excluded",
    ("exchange", "excluded"): "utter_order_return_excluded",
    ("exchange", "unavailable"): "utter_order_swap_unavailable",
    ("exchange", "not_offered"): "utter_order_swap_other_kind",
}
_REFUSALS_OF_ANY_KIND = {
    "cancelled": "utter_order_cancelled_before",
    "returned": "utter_order_returned_before",
    "already": "utter_order_asked_before",
    "once": "utter_order_changed_before",
    "closed": "utter_order_closed",
    "not_in_order": "utter_order_not_in_it",
}
#: Refusals after which a colleague may still find a way, and is offered.
_PERSON_MAY_HELP = frozenset({"too_late", "expired", "excluded", "once", "closed", "not_offered"})
_DONE = {
    "cancel": "utter_order_cancel_done",
    "return": "utter_order_return_done",
    "address": "utter_order_address_done",
    "slot": "utter_order_slot_done",
    "payment": "utter_order_payment_done",
}
_DONE_WITH_MONEY = {
    "items": ("utter_order_items_done_more", "utter_order_items_done_less", "utter_order_items_done_same"),
    "exchange": ("utter_order_exchange_done_more", "utter_order_exchange_done_less", "utter_order_exchange_done_same"),
}
_DAYS = {
    "return": lambda policy: policy.return_within_days,
    "exchange": lambda policy: policy.exchange_within_days,
}


def tell_outcome(
    turn: Turn, analytics: Analytics, pending: Pending, order: Order, outcome: Done | Refused | UnknownOrder
) -> list[EventType]:
    """Say what came of a request that she confirmed; `order` is as it was before."""
    if isinstance(outcome, Refused):
        return tell_refusal(turn, analytics, pending, outcome)
    if isinstance(outcome, UnknownOrder):
        return no_such_order(turn, pending)
    facts = facts_of(analytics, pending, order, outcome.product_ids, outcome.amount, outcome.to_pay)
    until = wording.day(outcome.refund_by) if outcome.refund_by else ""
    turn.say(_done(pending, outcome), until=until, **facts, **about(order))
    return dropped()


def _done(pending: Pending, outcome: Done) -> str:
    if outcome.kind == "problem":
        return "utter_order_problem_open" if outcome.needs_person else "utter_order_problem_refunded"
    if outcome.kind == "exchange" and pending.replacement == SAME:
        return "utter_order_exchange_done_again"
    if outcome.kind in _DONE_WITH_MONEY:
        return with_money(_DONE_WITH_MONEY[outcome.kind], outcome.to_pay, outcome.amount)
    return _DONE[outcome.kind]


def tell_refusal(turn: Turn, analytics: Analytics, pending: Pending, refused: Refused) -> list[EventType]:
    """Say why not, and what can be done instead."""
    policy = analytics.order_service().policy
    response = _REFUSALS.get((pending.kind, refused.code)) or _REFUSALS_OF_ANY_KIND.get(refused.code)
    turn.say(
        response or "utter_order_refused",  # a shop's own system may have reasons that ours never gives
        days=str(_DAYS[pending.kind](policy) if pending.kind in _DAYS else policy.report_within_days),
        reasons=wording.listing(policy.cancel_reasons),
        products=wording.listing(product_names(refused.order, pending.product_ids)),
        **about(refused.order),
    )
    return dropped(slots.ASKED_PERSON if refused.code in _PERSON_MAY_HELP or not response else None)


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
