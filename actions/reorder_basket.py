"""The basket of a new order: begun from an old order, single things or the list, and changed by what she says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from actions.list_items import shopper_of
from actions.list_reading import Thing, things_in
from actions.order_naming import Finder, linked, quantities
from actions.order_pending import Pending
from actions.order_reading import means_everything, name_words, products_in
from actions.reorder_reading import AgainWish, basket_edits, only_in
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.ordering_records import BasketItem
from analytics.records import Order, OrderLine, Product
from language.quantity import quantities_in


@dataclass(frozen=True, slots=True)
class Begun:
    """A request with its first basket, and the names that stand for nothing in it."""

    pending: Pending
    unknown: tuple[str, ...] = ()


def from_order(pending: Pending, order: Order, *, whole: bool) -> Pending:
    """Take an order as it was; `whole` is False while she has yet to say what of it."""
    return replace(
        pending,
        source="order",
        order_id=order.order_id,
        changes=tuple(quantities(order).items()),
        everything=whole,
    )


def from_things(pending: Pending, wish: AgainWish, orders: Sequence[Order]) -> Begun:
    """Find the things she names among what she bought, newest order first; a word of the name before the category."""
    basket: dict[str, int] = {}
    unknown = []
    for thing in wish.things:
        found = _bought(thing, orders, _named) or _bought(thing, orders, _of_kind)
        basket |= found
        if not found:
            unknown.append(thing.name)
    begun = replace(pending, source="things", order_id="", changes=tuple(basket.items()), everything=True)
    return Begun(begun, tuple(unknown))


def from_list(turn: Turn, analytics: Analytics, pending: Pending, wish: AgainWish) -> Begun:
    """Take what is on her list; names without a product cannot be ordered."""
    listed = analytics.shopping_service().items(shopper_of(turn))
    asked = [name_words(thing.name) for thing in wish.things]
    meant = [item for item in listed if any(words <= name_words(item.name) for words in asked)] or listed
    basket = {item.product.product_id: item.quantity for item in meant if item.product is not None}
    begun = replace(pending, source="list", order_id="", changes=tuple(basket.items()), everything=True)
    return Begun(begun, tuple(item.name for item in meant if item.product is None))


def items_of(pending: Pending) -> list[BasketItem]:
    """Give what is in the basket."""
    return [BasketItem(product_id=each, quantity=count) for each, count in pending.changes if count]


def as_order(analytics: Analytics, pending: Pending) -> Order:
    """Give the basket as an order that is not placed yet, so that its products can be named like those of one."""
    wanted = {each: count for each, count in pending.changes if count}
    known = analytics.products_by_id(list(wanted))
    lines = [
        OrderLine(product=known[each], quantity=count, amount=count * (known[each].price or 0.0))
        for each, count in wanted.items()
        if each in known
    ]
    return Order(
        order_id=pending.order_id,
        placed_at=datetime.now(UTC),
        total=sum(line.amount for line in lines),
        discount=0.0,
        state="being_prepared",
        expected_at=None,
        estimated=True,
        lines=tuple(lines),
    )


def changed(said: str, basket: Order, pending: Pending, find: Finder) -> Pending:
    """Change the basket by what she says; the same request where she says nothing of it."""
    if means_everything(said) and pending.step == "items":
        return replace(pending, everything=True)
    only = only_in(said) or (_names(said) if pending.step == "items" else [])
    kept = {each for name in only for each in _exactly(name, basket) or products_in(name, basket)}
    if kept:
        return replace(pending, changes=_of(pending, kept), everything=True)
    edits = [] if only else basket_edits(said)
    recounted = () if edits else _recounted(said, pending)
    if recounted:
        return replace(pending, changes=recounted)
    read = linked(edits, basket, pending.changes, find)
    if read.changes == pending.changes and not (edits and (read.unknown or read.absent)):
        return pending
    return replace(pending, changes=read.changes, unknown=read.unknown, absent=read.absent)


def _of(pending: Pending, kept: Collection[str]) -> tuple[tuple[str, int], ...]:
    return tuple((each, count if each in kept else 0) for each, count in pending.changes)


def _recounted(said: str, pending: Pending) -> tuple[tuple[str, int], ...]:
    """Read "no, make it 2" where one product is in the basket."""
    counts, inside = quantities_in(said), [each for each, count in pending.changes if count]
    return ((inside[0], counts[0]),) if len(counts) == len(inside) == 1 else ()


def _names(said: str) -> list[str]:
    return [thing.name for thing in things_in(said)]


def _exactly(name: str, basket: Order) -> list[str]:
    said = name_words(name)
    return [line.product.product_id for line in basket.lines if said and said <= _named(line.product)]


def _bought(thing: Thing, orders: Iterable[Order], words: Callable[[Product], set[str]]) -> dict[str, int]:
    """Give the products of the newest order that fit a name, with the quantity of that time or the one she says."""
    said = name_words(thing.name)
    for order in orders:
        counts = quantities(order)
        fitting = {line.product.product_id for line in order.lines if said and said <= words(line.product)}
        if fitting:
            return {each: thing.quantity or count for each, count in counts.items() if each in fitting}
    return {}


def _named(product: Product) -> set[str]:
    return name_words(product.name)


def _of_kind(product: Product) -> set[str]:
    return name_words(f"{product.name} {product.category} {product.brand or ''}")
