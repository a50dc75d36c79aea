"""The state of an order: from the shop's own status where it gives one, else from the delivery promise."""

from __future__ import annotations

from datetime import datetime

from analytics.records import OrderState
from analytics.shop.loader import DeliveryPromise

#: First words of the statuses that shop systems use, and what each means to a customer.
_MEANINGS: dict[str, OrderState] = {
    "pending": "being_prepared",
    "placed": "being_prepared",
    "paid": "being_prepared",
    "confirmed": "being_prepared",
    "processing": "being_prepared",
    "processed": "being_prepared",
    "packed": "being_prepared",
    "preparing": "being_prepared",
    "being_prepared": "being_prepared",
    "shipped": "on_its_way",
    "dispatched": "on_its_way",
    "sent": "on_its_way",
    "in_transit": "on_its_way",
    "on_its_way": "on_its_way",
    "out_for_delivery": "on_its_way",
    "delivered": "delivered",
    "completed": "delivered",
    "fulfilled": "delivered",
    "collected": "delivered",
    "return_requested": "delivered",
    "exchange_requested": "delivered",
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "voided": "cancelled",
    "returned": "returned",
    "refunded": "returned",
}


def reported_state(status: str | None) -> OrderState | None:
    """Read a shop system's status ("In transit", "cancelled (by customer)"); None where it says nothing known."""
    if status is None:
        return None
    words = status.lower().replace("-", " ").replace("_", " ").split("(")[0].split()
    for length in range(len(words), 0, -1):
        meaning = _MEANINGS.get("_".join(words[:length]))
        if meaning is not None:
            return meaning
    return None


def estimated_state(placed_at: datetime, now: datetime, promise: DeliveryPromise) -> OrderState:
    """Tell how far an order is by now if the shop keeps its promise."""
    age = now - placed_at
    if age < promise.packed_within:
        return "being_prepared"
    return "on_its_way" if age < promise.delivered_within else "delivered"
