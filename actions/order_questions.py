"""What is still asked before a request about an order is carried out: the missing detail, and at last the yes."""

from __future__ import annotations

import time
from dataclasses import replace

from rasa_sdk.events import EventType

from actions import order_choices, wording
from actions.order_details import missing
from actions.order_facts import about, facts_of, product_names, with_money
from actions.order_pending import SAME, Pending, kept
from actions.turn import Turn
from actions.variants import only_line, properties, variants_of
from analytics.facade import Analytics
from analytics.order_records import Allowed
from analytics.records import Order

#: Those of a change go on with what it costs: "_more", "_less" or "_same".
_CONFIRMATIONS = {
    "cancel": "utter_order_cancel_confirm",
    "return": "utter_order_return_confirm",
    "address": "utter_order_address_confirm",
    "slot": "utter_order_slot_confirm",
    "payment": "utter_order_payment_confirm",
}
_CONFIRMATIONS_WITH_MONEY = {
    "items": ("utter_order_items_confirm_more", "utter_order_items_confirm_less", "utter_order_items_confirm_same"),
    "exchange": (
        "utter_order_exchange_confirm_more",
        "utter_order_exchange_confirm_less",
        "utter_order_exchange_confirm_same",
    ),
}
_PROBLEM_CONFIRMATIONS = {
    "missing": "utter_order_problem_confirm_missing",
    "damaged": "utter_order_problem_confirm_damaged",
    "wrong": "utter_order_problem_confirm_wrong",
}
#: More products than these are not read out: she knows what came, and nobody reads a list of fifty.
MOST_LISTED = 8
_DETAILS = {
    ("items", "return"): "utter_order_return_which",
    ("items", "problem"): "utter_order_problem_which",
    ("items", "exchange"): "utter_order_exchange_which",
    ("problem", "problem"): "utter_order_problem_what",
    ("address", "address"): "utter_order_address_which",
    ("changes", "items"): "utter_order_items_which",
    ("swap", "exchange"): "utter_order_exchange_for_what",
    ("slot", "slot"): "utter_order_slot_which",
    ("payment", "payment"): "utter_order_payment_which",
    ("reason", "cancel"): "utter_order_cancel_why",
}
_OF_MANY = {
    ("items", "return"): "utter_order_return_which_of_many",
    ("items", "problem"): "utter_order_problem_which_of_many",
    ("items", "exchange"): "utter_order_exchange_which_of_many",
    ("changes", "items"): "utter_order_items_which_of_many",
}
_CHOSEN_FROM_A_LIST = frozenset({"slot", "payment", "reason"})


def ask(turn: Turn, analytics: Analytics, pending: Pending, judged: Allowed) -> list[EventType]:
    """Ask for the next missing detail, or for the yes; keep the request with what was asked."""
    pending = told_of_the_unknown(turn, pending)
    step = missing(pending, judged.order, analytics.order_service().policy)
    if step:
        return _ask_for(turn, analytics, pending, judged.order, step)
    if pending.kind in analytics.order_service().policy.once:
        turn.say("utter_order_once")
    facts = facts_of(analytics, pending, judged.order, judged.product_ids, judged.amount, judged.to_pay)
    turn.say(_confirmation(pending, judged), **facts, **about(judged.order))
    return kept(replace(pending, step="confirm", asked_at=time.time()))


def _ask_for(turn: Turn, analytics: Analytics, pending: Pending, order: Order, step: str) -> list[EventType]:
    names = product_names(order, tuple(line.product.product_id for line in order.lines))
    which = (step, pending.kind)
    kinds = _variants(turn, analytics, pending, order) if step == "swap" else ""
    if kinds:
        turn.say("utter_order_exchange_for_which", variants=kinds, **about(order))
        return kept(replace(pending, step=step, asked_at=time.time()))
    asked = _OF_MANY if which in _OF_MANY and len(names) > MOST_LISTED else _DETAILS
    chosen = wording.listing(product_names(order, pending.product_ids))
    turn.say(asked[which], products=wording.listing(names), chosen=chosen, **about(order))
    options = _listed(turn, analytics, pending) if step in _CHOSEN_FROM_A_LIST else ()
    return kept(replace(pending, step=step, options=options, asked_at=time.time()))


def _variants(turn: Turn, analytics: Analytics, pending: Pending, order: Order) -> str:
    """Tell what else there is of the product, where the shop swaps it for nothing else."""
    line = only_line(order, pending.product_ids)
    if line is None or not analytics.order_service().policy.swap_within_category:
        return ""
    return properties(variants_of(turn, analytics, line.product))


def _listed(turn: Turn, analytics: Analytics, pending: Pending) -> tuple[str, ...]:
    """List what can be chosen: what her words left open, else what lies near to them."""
    service = analytics.order_service()
    every = order_choices.choices_for(pending.kind, service)
    narrowed = [choice for choice in every if choice.value in pending.options]
    if not narrowed and pending.kind == "slot":
        narrowed = order_choices.nearest(turn.text or pending.told, service)
    return order_choices.offer(turn, pending.kind, narrowed or every)


def told_of_the_unknown(turn: Turn, pending: Pending) -> Pending:
    """Say what she named that we don't sell, or that is not in the order; once."""
    if pending.unknown:
        turn.say("utter_order_things_unknown", things=wording.listing(pending.unknown))
    if pending.absent:
        turn.say("utter_order_things_absent", things=wording.listing(pending.absent))
    return replace(pending, unknown=(), absent=())


def _confirmation(pending: Pending, judged: Allowed) -> str:
    if pending.kind == "problem":
        return _PROBLEM_CONFIRMATIONS[pending.problem]
    if pending.kind == "exchange" and pending.replacement == SAME:
        return "utter_order_exchange_confirm_again"
    if pending.kind in _CONFIRMATIONS_WITH_MONEY:
        return with_money(_CONFIRMATIONS_WITH_MONEY[pending.kind], judged.to_pay, judged.amount)
    return _CONFIRMATIONS[pending.kind]
