"""How many points a customer's purchases earned, by the rule of the shop file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import floor

from sqlalchemy import Connection

from analytics.loyalty_records import LoyaltyBalance, LoyaltyProgramme
from analytics.orders.states import reported_state
from store.repositories.points import Earning, earnings_of

#: Orders in these states earn nothing: they were not paid, or paid back.
_NOT_PAID = frozenset({"cancelled", "returned"})
#: So that 4.35 × 100 counts as 435, which binary fractions miss by a hair.
_HAIR = 1e-6


def balance_of(connection: Connection, customer_id: str, programme: LoyaltyProgramme, now: datetime) -> LoyaltyBalance:
    """Give where a customer stands at `now`."""
    return balance(earnings_of(connection, customer_id, programme.without), programme, now)


def balance(earnings: Sequence[Earning], programme: LoyaltyProgramme, now: datetime) -> LoyaltyBalance:
    """Count the points of purchases, oldest first; a pause longer than the programme allows loses those before it."""
    points, last = 0, None
    for earning in earnings:
        if reported_state(earning.status) in _NOT_PAID or earning.placed_at > now:
            continue
        if last is not None and _lapsed(last, earning.placed_at, programme):
            points = 0
        points += floor(max(earning.amount, 0.0) * programme.points_per_unit + _HAIR)
        last = earning.placed_at
    if last is not None and _lapsed(last, now, programme):
        points = 0
    spendable = points - points % programme.step
    ends = None if last is None or programme.idle_days is None else last + timedelta(days=programme.idle_days)
    return LoyaltyBalance(
        points=points,
        worth=round(points * programme.worth, 2),
        spendable=spendable,
        missing=spendable + programme.step - points,
        expires_at=ends if points else None,
    )


def _lapsed(last: datetime, then: datetime, programme: LoyaltyProgramme) -> bool:
    return programme.idle_days is not None and then - last > timedelta(days=programme.idle_days)
