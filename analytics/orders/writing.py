"""What a request that is allowed makes of the order itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection

from analytics.order_records import Allowed, Done, OrderRequest
from analytics.orders.lines import difference, new_lines
from analytics.records import Product
from store.repositories.order_requests import RequestRow
from store.repositories.orders import change_line, change_order

#: What an order's status becomes.
STATUS = {"cancel": "cancelled", "return": "return requested", "exchange": "exchange requested"}


def write_change(
    connection: Connection, request: OrderRequest, judged: Allowed, products: Mapping[str, Product]
) -> None:
    """Change the order; a reported problem leaves it as it is."""
    order_id = judged.order.order_id
    if request.kind == "items":
        _write_lines(connection, request, judged, products)
    elif values := _values(request, judged):
        change_order(connection, order_id, **values)


def request_row(request: OrderRequest, judged: Allowed, key: str, now: datetime) -> RequestRow:
    """Give the request as it is kept; an exchange, a return and what a person decides stay open."""
    waits = judged.needs_person or request.kind in ("return", "exchange")
    return RequestRow(
        request_id=str(uuid4()),
        key=key,
        order_id=request.order_id,
        customer_id=request.customer_id,
        kind=request.kind,
        product_ids=list(judged.product_ids),
        reason=request.problem or request.reason,
        address=request.address,
        amount=judged.amount,
        refund_by=judged.refund_by,
        status="open" if waits else "done",
        created_at=now,
        details=_details(request, judged) or None,
    )


def done(row: RequestRow, *, repeated: bool = False) -> Done:
    """Give what was done, as the row of the request tells it."""
    return Done(
        request_id=row.request_id,
        kind=row.kind,  # type: ignore[arg-type]  # only `request_row` makes it
        order_id=row.order_id,
        product_ids=tuple(row.product_ids),
        amount=row.amount,
        refund_by=row.refund_by,
        needs_person=row.kind == "problem" and row.status == "open",
        repeated=repeated,
        to_pay=(row.details or {}).get("to_pay"),
    )


def _values(request: OrderRequest, judged: Allowed) -> dict[str, Any]:
    if request.kind in STATUS:
        return {"changed_status": STATUS[request.kind]}
    if request.kind == "address":
        return {"delivery_address": request.address or ""}
    if request.kind == "payment":
        return {"payment_method": request.payment_method}
    if request.kind == "slot" and judged.slot is not None:
        return {"slot_starts_at": judged.slot.starts_at, "slot_ends_at": judged.slot.ends_at}
    return {}


def _write_lines(
    connection: Connection, request: OrderRequest, judged: Allowed, products: Mapping[str, Product]
) -> None:
    lines = new_lines(judged.order, request.changes, products)
    if isinstance(lines, str):
        raise AssertionError(f"a change was allowed that is refused as {lines}")
    for line in lines:
        change_line(connection, request.order_id, line.product_id, quantity=line.quantity, amount=line.amount)
    total = max(judged.order.total + difference(judged.order, lines), 0.0)
    change_order(connection, request.order_id, changed_total=round(total, 2))


def _details(request: OrderRequest, judged: Allowed) -> dict[str, Any]:
    told: dict[str, Any] = {
        "changes": [{"product_id": each.product_id, "quantity": each.quantity} for each in request.changes],
        "replacement": request.replacement,
        "slot_id": request.slot_id,
        "payment_method": request.payment_method,
        "to_pay": judged.to_pay,
    }
    return {key: value for key, value in told.items() if value}
