"""What is still asked before a request about an order is carried out: the missing detail, and at last the yes."""

from __future__ import annotations

import json
import time
from dataclasses import replace

from rasa_sdk.events import EventType

from actions import wording
from actions.order_pending import Pending, kept
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.order_records import Allowed
from analytics.records import Order

_CONFIRMATIONS = {
    "cancel": "utter_order_cancel_confirm",
    "return": "utter_order_return_confirm",
    "address": "utter_order_address_confirm",
}
_PROBLEM_CONFIRMATIONS = {
    "missing": "utter_order_problem_confirm_missing",
    "damaged": "utter_order_problem_confirm_damaged",
    "wrong": "utter_order_problem_confirm_wrong",
}
#: More products than these are not read out: she knows what came, and nobody reads a list of fifty.
MOST_LISTED = 8
_DETAILS = {
    "problem": "utter_order_problem_what",
    "items_of_return": "utter_order_return_which",
    "items_of_problem": "utter_order_problem_which",
    "address": "utter_order_address_which",
}
_OF_MANY = {
    "items_of_return": "utter_order_return_which_of_many",
    "items_of_problem": "utter_order_problem_which_of_many",
}


def ask(turn: Turn, analytics: Analytics, pending: Pending, judged: Allowed) -> list[EventType]:
    """Ask for the next missing detail, or for the yes; keep the request with what was asked."""
    missing = _missing(pending, judged.order)
    if missing:
        names = product_names(judged.order, tuple(_products(judged.order)))
        asked = _OF_MANY if missing in _OF_MANY and len(names) > MOST_LISTED else _DETAILS
        turn.say(asked[missing], products=wording.listing(names), **about(judged.order))
        return kept(replace(pending, step=missing.split("_")[0], asked_at=time.time()))
    money = wording.money(judged.amount or 0.0, analytics.shop().currency)
    turn.say(
        _PROBLEM_CONFIRMATIONS[pending.problem] if pending.kind == "problem" else _CONFIRMATIONS[pending.kind],
        amount=money,
        products=wording.listing(product_names(judged.order, judged.product_ids)),
        address=pending.address,
        days=str(analytics.order_service().policy.refund_days),
        **about(judged.order),
    )
    return kept(replace(pending, step="confirm", asked_at=time.time()))


def about(order: Order) -> dict[str, str]:
    """Give what every sentence on an order may name; `order_key` is its number as a JSON string, for payloads."""
    return {
        "order_id": order.order_id,
        "order_key": json.dumps(order.order_id),
        "placed": wording.day(order.placed_at),
    }


def product_names(order: Order, product_ids: tuple[str, ...]) -> list[str]:
    """Give the short names of products of an order, each once."""
    chosen = (line.product for line in order.lines if line.product.product_id in product_ids)
    return list(dict.fromkeys(wording.short_name(product) for product in chosen))


def _missing(pending: Pending, order: Order) -> str:
    if pending.kind == "address":
        return "" if pending.address else "address"
    if pending.kind == "problem" and not pending.problem:
        return "problem"
    if pending.kind in ("return", "problem") and not pending.product_ids and not pending.everything:
        return f"items_of_{pending.kind}" if len(_products(order)) > 1 else ""
    return ""


def _products(order: Order) -> list[str]:
    return list(dict.fromkeys(line.product.product_id for line in order.lines))
