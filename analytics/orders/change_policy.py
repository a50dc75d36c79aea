"""Whether the shop's policy allows a change of an order on its way: items, slot, way to pay. Pure, on records alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from analytics.order_records import Allowed, DeliverySlot, OrderPolicy, OrderRequest, Refused
from analytics.orders.lines import difference, new_lines
from analytics.records import Order, Product


def judge_slot(order: Order, request: OrderRequest, slots: Sequence[DeliverySlot]) -> Allowed | Refused:
    """Allow one of the slots on offer; a request that names none asks whether there is any."""
    wanted = next((slot for slot in slots if slot.slot_id == request.slot_id), None)
    if not slots or (request.slot_id and wanted is None):
        return Refused(code="not_offered", order=order)
    if wanted is not None and order.slot_starts_at == wanted.starts_at:
        return Refused(code="unchanged", order=order)
    return Allowed(order=order, product_ids=(), amount=None, refund_by=None, slot=wanted)


def judge_payment(order: Order, request: OrderRequest, policy: OrderPolicy) -> Allowed | Refused:
    """Allow one of the shop's ways to pay, other than the present one."""
    if not policy.payment_methods or request.payment_method not in (None, *policy.payment_methods):
        return Refused(code="not_offered", order=order)
    if request.payment_method is not None and request.payment_method == order.payment_method:
        return Refused(code="unchanged", order=order)
    return Allowed(order=order, product_ids=(), amount=None, refund_by=None)


def judge_items(
    order: Order, request: OrderRequest, products: Mapping[str, Product], policy: OrderPolicy, now: datetime
) -> Allowed | Refused:
    """Work out a change of items; a request that names none asks whether items can be changed at all."""
    if not request.changes:
        return Allowed(order=order, product_ids=(), amount=None, refund_by=None)
    lines = new_lines(order, request.changes, products)
    if isinstance(lines, str):
        return Refused(code=lines, order=order)
    if policy.swap_within_category and not _of_its_categories(order, [line.product_id for line in lines], products):
        return Refused(code="not_offered", order=order)
    return priced(order, tuple(line.product_id for line in lines), difference(order, lines), policy, now)


def judge_exchange(
    order: Order, request: OrderRequest, chosen: Collection[str], products: Mapping[str, Product], policy: OrderPolicy,
    now: datetime,
) -> Allowed | Refused:  # fmt: skip
    """Allow another product for the chosen ones, or the same again.

    What is dearer is paid, what is cheaper comes back.
    """
    lines = [line for line in order.lines if line.product.product_id in chosen]
    replacement = products.get(request.replacement or "")
    ids = tuple(sorted(chosen))
    if request.replacement is None or all(line.product.product_id == request.replacement for line in lines):
        there = all(line.product.in_stock for line in lines)
        same = Allowed(order=order, product_ids=ids, amount=None, refund_by=None)
        return same if there else Refused(code="unavailable", order=order)
    if replacement is None or replacement.price is None or not replacement.in_stock:
        return Refused(code="unavailable", order=order)
    if policy.swap_within_category and any(line.product.category != replacement.category for line in lines):
        return Refused(code="not_offered", order=order)
    more = sum(line.quantity * replacement.price - line.amount for line in lines)
    return priced(order, ids, round(more, 2), policy, now)


def priced(order: Order, ids: tuple[str, ...], more: float, policy: OrderPolicy, now: datetime) -> Allowed:
    """Give what a change comes to: `more` above 0 is paid, below 0 it comes back, in major currency units."""
    back = more < 0
    return Allowed(
        order=order,
        product_ids=tuple(sorted(ids)),
        amount=-more if back else None,
        refund_by=now + timedelta(days=policy.refund_days) if back else None,
        to_pay=more if more > 0 else None,
    )


def _of_its_categories(order: Order, product_ids: Collection[str], products: Mapping[str, Product]) -> bool:
    had = {line.product.product_id for line in order.lines}
    categories = {line.product.category for line in order.lines}
    return all(each in had or (each in products and products[each].category in categories) for each in product_ids)
