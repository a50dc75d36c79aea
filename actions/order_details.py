"""What her words add to a request about an order that is found: products, changes, a slot, a way to pay, a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from actions.items_reading import Edit, edits_in, swap_in
from actions.list_reading import things_in
from actions.order_choices import chosen_in
from actions.order_naming import finder, linked
from actions.order_pending import SAME, Pending
from actions.order_reading import means_everything, products_in, wants_the_same
from actions.reorder_basket import changed
from actions.turn import Turn
from actions.variants import only_line, variant_in, variants_of
from analytics.facade import Analytics
from analytics.order_records import OrderPolicy
from analytics.records import Order, OrderLine, Product
from language.quantity import quantities_in


@dataclass(frozen=True, slots=True)
class _Context:
    turn: Turn
    analytics: Analytics
    order: Order
    said: str


def with_details(turn: Turn, analytics: Analytics, pending: Pending, order: Order, said: str) -> Pending:
    """Add what `said` tells; the same request where it tells nothing."""
    read = _READERS.get(pending.kind)
    return read(_Context(turn, analytics, order, said), pending) if read and said else pending


def missing(pending: Pending, order: Order, policy: OrderPolicy) -> str:
    """Give the step at which the next detail is asked for; empty where only the yes is missing."""
    many = len({line.product.product_id for line in order.lines}) > 1
    unnamed = many and not pending.product_ids and not pending.everything
    lacking: Mapping[str, tuple[tuple[bool, str], ...]] = {
        "address": ((not pending.address, "address"),),
        "problem": ((not pending.problem, "problem"), (unnamed, "items")),
        "return": ((unnamed, "items"),),
        "exchange": ((unnamed, "items"), (not pending.replacement, "swap")),
        "items": ((not pending.changes, "changes"),),
        "slot": ((not pending.choice, "slot"),),
        "payment": ((not pending.choice, "payment"),),
        "cancel": ((bool(policy.cancel_reasons) and not pending.choice, "reason"),),
    }
    return next((step for lacks, step in lacking.get(pending.kind, ()) if lacks), "")


def _of_goods(context: _Context, pending: Pending) -> Pending:
    if means_everything(context.said):
        return replace(pending, everything=True, product_ids=())
    named = products_in(context.said, context.order)
    return replace(pending, everything=False, product_ids=named) if named else pending


def _of_exchange(context: _Context, pending: Pending) -> Pending:
    old, new = swap_in(context.said)
    if not new and pending.step == "swap" and not wants_the_same(context.said):
        new = context.said
    goods = context.said if not new else old
    pending = _of_goods(replace(context, said=goods), pending) if goods else pending
    if not new:
        return replace(pending, replacement=SAME) if wants_the_same(context.said) else pending
    line = only_line(context.order, pending.product_ids) if _within_kind(context) else None
    variant = _variant(context, new, line)
    if variant is not None:
        return replace(pending, replacement=variant.product_id, unknown=())
    names = [thing.name for thing in things_in(new)]
    # Of a shop that swaps within the kind, a thing of another kind is found too: it is refused as such, not as unknown.
    find = finder(context.turn, context.analytics, None if line else _categories(context, pending))
    found = next((product for product in map(find, names) if product is not None), None)
    if found is None:
        return replace(pending, unknown=tuple(names))
    return replace(pending, replacement=found.product_id, unknown=())


def _of_items(context: _Context, pending: Pending) -> Pending:
    old, new = swap_in(context.said)
    named = products_in(old, context.order) if new and _within_kind(context) else ()
    line = only_line(context.order, named) if named else None
    variant = _variant(context, new, line)
    if line is not None and variant is not None:
        swapped = {line.product.product_id: 0, variant.product_id: line.quantity}
        return replace(pending, changes=tuple((dict(pending.changes) | swapped).items()), unknown=(), absent=())
    edits = edits_in(context.said)
    recounted = () if edits else _counted_anew(context.said, pending)
    if recounted:
        return replace(pending, changes=recounted)
    if not edits and pending.step == "changes":
        edits = [Edit("add", thing.name, thing.quantity) for thing in things_in(context.said)]
    if not edits:
        return pending
    read = linked(edits, context.order, pending.changes, finder(context.turn, context.analytics))
    return replace(pending, changes=read.changes, unknown=read.unknown, absent=read.absent)


def _of_basket(context: _Context, pending: Pending) -> Pending:
    return changed(context.said, context.order, pending, finder(context.turn, context.analytics))


def _of_choice(context: _Context, pending: Pending) -> Pending:
    found = chosen_in(context.said, pending.kind, context.analytics.order_service(), pending.options)
    if len(found) == 1:
        return replace(pending, choice=found[0].value, options=())
    return replace(pending, choice="", options=tuple(choice.value for choice in found)) if found else pending


def _counted_anew(said: str, pending: Pending) -> tuple[tuple[str, int], ...]:
    """Read "no, make it 2" where one change is under way."""
    counts = quantities_in(said)
    return ((pending.changes[0][0], counts[0]),) if len(counts) == len(pending.changes) == 1 else ()


def _within_kind(context: _Context) -> bool:
    """Whether the shop swaps a thing only for another variant of the same."""
    return context.analytics.order_service().policy.swap_within_category


def _variant(context: _Context, said: str, line: OrderLine | None) -> Product | None:
    if line is None:
        return None
    return variant_in(said, variants_of(context.turn, context.analytics, line.product), line.product)


def _categories(context: _Context, pending: Pending) -> frozenset[str] | None:
    if not _within_kind(context):
        return None
    lines = (line.product for line in context.order.lines)
    return frozenset(
        product.category for product in lines if not pending.product_ids or product.product_id in pending.product_ids
    )


_READERS: Mapping[str, Callable[[_Context, Pending], Pending]] = {
    "return": _of_goods,
    "problem": _of_goods,
    "exchange": _of_exchange,
    "items": _of_items,
    "slot": _of_choice,
    "payment": _of_choice,
    "cancel": _of_choice,
    "reorder": _of_basket,
}
