"""The figures, names and days that sentences about an order are filled with."""

from __future__ import annotations

import json
from collections.abc import Sequence

from actions import wording
from actions.order_choices import choices_for
from actions.order_naming import quantities
from actions.order_pending import SAME, Pending
from analytics.facade import Analytics
from analytics.records import Order, Product


def about(order: Order) -> dict[str, str]:
    """Give what every sentence on an order may name; `order_key` is its number as a JSON string, for payloads."""
    return {
        "order_id": order.order_id,
        "order_key": json.dumps(order.order_id),
        "placed": wording.day(order.placed_at),
    }


def facts_of(
    analytics: Analytics, pending: Pending, order: Order, product_ids: tuple[str, ...], amount: float | None,
    to_pay: float | None,
) -> dict[str, str]:  # fmt: skip
    """Give what the question for the yes, and the answer to it, may name; `order` is as it was before."""
    currency = analytics.shop().currency
    return {
        "amount": wording.money(amount or 0.0, currency),
        "more": wording.money(to_pay or 0.0, currency),
        "products": wording.listing(product_names(order, product_ids)),
        "address": pending.address,
        "days": str(analytics.order_service().policy.refund_days),
        "changes": _changes(analytics, pending, order),
        "choice": _title(analytics, pending),
        "replacement": _replacement(analytics, pending),
    }


def product_names(order: Order, product_ids: tuple[str, ...]) -> list[str]:
    """Give the short names of products of an order, each once."""
    chosen = (line.product for line in order.lines if line.product.product_id in product_ids)
    return list(dict.fromkeys(wording.short_name(product) for product in chosen))


def with_money(responses: Sequence[str], to_pay: float | None, amount: float | None) -> str:
    """Choose among responses for what costs more, less and the same."""
    more, less, same = responses
    if to_pay:
        return more
    return less if amount else same


def _changes(analytics: Analytics, pending: Pending, order: Order) -> str:
    """Write the changes of items, one a line: "• Whole milk: 2 → 3"."""
    if not pending.changes:
        return ""  # of most kinds: nothing is asked of the catalogue
    had = quantities(order)
    changed = [(each, count) for each, count in pending.changes if count != had.get(each, 0)]
    known = {line.product.product_id: line.product for line in order.lines}
    named = known | analytics.products_by_id([each for each, _ in changed if each not in known])
    return wording.lines([(_name(named.get(each), each), f"{had.get(each, 0)} → {count}") for each, count in changed])


def _title(analytics: Analytics, pending: Pending) -> str:
    if pending.kind not in ("slot", "payment", "cancel") or not pending.choice:
        return ""
    every = choices_for(pending.kind, analytics.order_service())
    title = next((choice.title for choice in every if choice.value == pending.choice), pending.choice)
    return title if pending.kind == "slot" else title[:1].lower() + title[1:] if title[1:].islower() else title


def _replacement(analytics: Analytics, pending: Pending) -> str:
    if pending.replacement in ("", SAME):
        return ""
    return _name(analytics.products_by_id([pending.replacement]).get(pending.replacement), pending.replacement)


def _name(product: Product | None, product_id: str) -> str:
    return wording.short_name(product) if product is not None else product_id
