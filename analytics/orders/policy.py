"""Whether the shop's policy allows what a customer asks about an order: pure, on records alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from analytics.order_records import Allowed, DeliverySlot, OrderPolicy, OrderRequest, RefusalCode, Refused
from analytics.orders.change_policy import judge_exchange, judge_items, judge_payment, judge_slot
from analytics.records import Order, OrderLine, Product
from store.repositories.order_requests import RequestRow, products_asked

#: States, in order, in which an order has not yet reached its customer.
_UNDER_WAY = ("being_prepared", "on_its_way")
#: Until which state what is on its way may be changed, and for how many days what came may be sent back.
_UNTIL: Mapping[str, Callable[[OrderPolicy], str]] = {
    "cancel": lambda policy: policy.cancel_until,
    "address": lambda policy: policy.address_until,
    "items": lambda policy: policy.items_until,
    "slot": lambda policy: policy.slot_until,
    "payment": lambda policy: policy.payment_until,
}
_DAYS: Mapping[str, Callable[[OrderPolicy], int]] = {
    "return": lambda policy: policy.return_within_days,
    "exchange": lambda policy: policy.exchange_within_days,
    "problem": lambda policy: policy.report_within_days,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a request is held against: the shop's policy and what is on offer at this moment."""

    policy: OrderPolicy
    #: Aware.
    now: datetime
    #: What was asked about the order already, oldest first.
    before: Sequence[RequestRow] = ()
    slots: Sequence[DeliverySlot] = ()
    #: What is known of the products that the request names beside those of the order.
    products: Mapping[str, Product] = field(default_factory=dict)


def judge(order: Order, request: OrderRequest, situation: Situation) -> Allowed | Refused:
    """Hold a request against the policy.

    Parameters
    ----------
    order : in its state at `situation.now`, with its lines.
    """
    if order.state == "cancelled":
        return Refused(code="cancelled", order=order)
    if request.kind in situation.policy.once and any(row.kind == request.kind for row in situation.before):
        return Refused(code="once", order=order)
    if request.kind in _UNTIL:
        if any(row.kind in situation.policy.closed_by for row in situation.before):
            return Refused(code="closed", order=order)
        return _change_on_the_way(order, request, situation)
    return _after_delivery(order, request, situation)


def _change_on_the_way(order: Order, request: OrderRequest, situation: Situation) -> Allowed | Refused:
    policy, now = situation.policy, situation.now
    until = _UNTIL[request.kind](policy)
    if order.state not in _UNDER_WAY[: _UNDER_WAY.index(until) + 1]:
        return Refused(code="returned" if order.state == "returned" else "too_late", order=order)
    if request.kind in ("cancel", "address"):
        return _whole_order(order, request, situation)
    if request.kind == "items":
        return judge_items(order, request, situation.products, policy, now)
    if request.kind == "slot":
        return judge_slot(order, request, situation.slots)
    return judge_payment(order, request, policy)


def _whole_order(order: Order, request: OrderRequest, situation: Situation) -> Allowed | Refused:
    policy = situation.policy
    if request.kind == "address":
        return Allowed(order=order, product_ids=(), amount=None, refund_by=None)
    if request.reason is not None and policy.cancel_reasons and request.reason not in policy.cancel_reasons:
        return Refused(code="not_offered", order=order)
    return _paid_back(order, (), order.total - _paid_back_before(situation.before), policy, situation.now)


def _after_delivery(order: Order, request: OrderRequest, situation: Situation) -> Allowed | Refused:
    policy, now, before = situation.policy, situation.now, situation.before
    code = _too_early_or_late(order, _DAYS[request.kind](policy), now)
    if code:
        return Refused(code=code, order=order)
    named = [line for line in order.lines if not request.product_ids or line.product.product_id in request.product_ids]
    settled = products_asked(before, "return", "exchange", "problem")
    left = [line for line in named if line.product.product_id not in settled]
    chosen = left if request.kind == "problem" else [line for line in left if _returnable(line, policy)]
    if not chosen:
        missing: RefusalCode = "not_in_order" if not named else "already" if not left else "excluded"
        return Refused(code=missing, order=order)
    ids = tuple(sorted({line.product.product_id for line in chosen}))
    if request.kind == "exchange":
        return judge_exchange(order, request, ids, situation.products, policy, now)
    amount = min(sum(line.amount for line in chosen), order.total - _paid_back_before(before))
    if request.kind == "problem" and amount > policy.refund_unseen_up_to:
        return Allowed(order=order, product_ids=ids, amount=None, refund_by=None, needs_person=True)
    return _paid_back(order, ids, amount, policy, now)


def _too_early_or_late(order: Order, days: int, now: datetime) -> RefusalCode | None:
    if order.state == "returned":
        return "returned"
    if order.state in _UNDER_WAY:
        return "not_delivered"
    # A delivery the shop reports has no moment of its own: counted from the order, to the day.
    since = order.expected_at or order.placed_at
    return "expired" if now > since + timedelta(days=days) else None


def _returnable(line: OrderLine, policy: OrderPolicy) -> bool:
    return line.product.category.lower() not in policy.non_returnable


def _paid_back_before(before: Collection[RequestRow]) -> float:
    return sum(row.amount or 0.0 for row in before)


def _paid_back(order: Order, ids: tuple[str, ...], amount: float, policy: OrderPolicy, now: datetime) -> Allowed:
    return Allowed(
        order=order,
        product_ids=ids,
        amount=round(max(amount, 0.0), 2),
        refund_by=now + timedelta(days=policy.refund_days),
    )
