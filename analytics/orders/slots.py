"""Delivery slots a shop offers: the same windows every day, from soon on, for some days ahead."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from analytics.order_records import DeliverySlot, OrderPolicy


def slots_from(policy: OrderPolicy, now: datetime, timezone: str) -> list[DeliverySlot]:
    """Give the slots that can be chosen at `now` (aware), soonest first; windows are in the shop's own time."""
    zone = ZoneInfo(timezone)
    today = now.astimezone(zone).date()
    earliest = now + timedelta(hours=policy.slot_lead_hours)
    every = [
        _slot(today + timedelta(days=ahead), window, zone)
        for ahead in range(policy.slot_days + 1)
        for window in sorted(policy.slot_windows)
    ]
    return [slot for slot in every if slot.starts_at >= earliest]


def _slot(day: date, window: str, zone: ZoneInfo) -> DeliverySlot:
    starts, _, ends = window.partition("-")
    return DeliverySlot(
        slot_id=f"{day.isoformat()} {window}",
        starts_at=datetime.combine(day, time.fromisoformat(starts), zone),
        ends_at=datetime.combine(day, time.fromisoformat(ends), zone),
    )
