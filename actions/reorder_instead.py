"""What has run out of a basket: named, left out, and something like it offered in its place."""

from __future__ import annotations

import json
from dataclasses import replace

from actions import slots, wording
from actions.order_pending import Pending
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.ordering_records import Quote
from analytics.records import Product

#: Things for which something else is offered; of a long list nobody reads more.
_MOST = 3
#: As long as the widget shows of a quick reply.
_TITLE = 24
_MODE = "instead"


def tell_gone(turn: Turn, analytics: Analytics, pending: Pending, quote: Quote) -> bool:
    """Name what has run out, and what could be taken instead; tells whether anything was offered."""
    if not quote.gone:
        return False
    turn.say("utter_reorder_gone", products=wording.listing([wording.short_name(each) for each in quote.gone]))
    if turn.is_upset:
        return False  # nothing is sold to somebody upset
    counts = dict(pending.changes)
    inside = frozenset(counts)
    offered: dict[str, tuple[Product, int]] = {}
    for gone in quote.gone[:_MOST]:
        found = analytics.substitutes(gone.product_id, customer_id=turn.customer_id, limit=1, exclude=inside)
        offered |= {each.product.product_id: (each.product, counts.get(gone.product_id, 1)) for each in found}
    if offered:
        _offer(turn, list(offered.values()), analytics.shop().currency)
    return bool(offered)


def with_instead(turn: Turn, pending: Pending) -> Pending:
    """Put in what she chose in the place of something that has run out."""
    product_id, count = turn.entity(slots.PRODUCT_ID), turn.entity(slots.CHOICE) or "1"
    if turn.entity(slots.MODE) != _MODE or product_id is None or not count.isdigit():
        return pending
    return replace(pending, changes=tuple((dict(pending.changes) | {product_id: int(count)}).items()))


def _offer(turn: Turn, offered: list[tuple[Product, int]], currency: str) -> None:
    named = [f"{wording.short_name(each)} ({wording.money(each.price or 0.0, currency)})" for each, _ in offered]
    turn.say("utter_reorder_instead", choices=wording.listing(named))
    for product, count in offered:
        turn.say(
            "utter_reorder_instead_choice",
            title=wording.short_name(product)[:_TITLE],
            product_key=json.dumps(product.product_id),
            choice_key=json.dumps(str(count)),
        )
