"""Whether the shop's policy allows what a customer asks about an order: pure, on records alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from analytics.order_records import Allowed, OrderPolicy, OrderRequest, RefusalCode, Refused
from analytics.records import Order, OrderLine
from store.repositories.order_requests import RequestRow, products_asked

#: States, in order, in which an order has not yet reached its customer.
_UNDER_WAY = ("being_prepared", "on_its_way")


def judge(
    order: Order, request: OrderRequest, before: Sequence[RequestRow], policy: OrderPolicy, now: datetime
) -> Allowed | Refused:
    """Hold a request against the policy.

    Parameters
    ----------
    order : in its state at `now`, with its lines.
    before : what was asked about this order already.
    now : aware.
    """
    if order.state == "cancelled":
        return Refused(code="cancelled", order=order)
    if request.kind in ("cancel", "address"):
        return _change_on_the_way(order, request, before, policy, now)
    return _after_delivery(order, request, before, policy, now)


def _change_on_the_way(
    order: Order, request: OrderRequest, before: Sequence[RequestRow], policy: OrderPolicy, now: datetime
) -> Allowed | Refused:
    until = policy.cancel_until if request.kind == "cancel" else policy.address_until
    if order.state not in _UNDER_WAY[: _UNDER_WAY.index(until) + 1]:
        return Refused(code="returned" if order.state == "returned" else "too_late", order=order)
    if request.kind == "address":
        return Allowed(order=order, product_ids=(), amount=None, refund_by=None)
    return _paid_back(order, (), order.total - _paid_back_before(before), policy, now)


def _after_delivery(
    order: Order, request: OrderRequest, before: Sequence[RequestRow], policy: OrderPolicy, now: datetime
) -> Allowed | Refused:
    days = policy.return_within_days if request.kind == "return" else policy.report_within_days
    code = _too_early_or_late(order, days, now)
    if code:
        return Refused(code=code, order=order)
    named = [line for line in order.lines if not request.product_ids or line.product.product_id in request.product_ids]
    settled = products_asked(before, "return", "problem")
    left = [line for line in named if line.product.product_id not in settled]
    chosen = left if request.kind == "problem" else [line for line in left if _returnable(line, policy)]
    if not chosen:
        missing: RefusalCode = "not_in_order" if not named else "already" if not left else "excluded"
        return Refused(code=missing, order=order)
    ids = tuple(sorted({line.product.product_id for line in chosen}))
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
