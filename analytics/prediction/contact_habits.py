"""The best hour and channel to write to a customer: where her activity is, as far as it is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np

from analytics.fading import faded
from analytics.prediction.habit_shares import Shares, shares_of
from analytics.prediction.visits import Floats, Ints
from analytics.prediction_records import Prediction

#: Days after which an event counts half: habits of last year say little.
_HALF_LIFE = 120.0
#: An hour is judged with the one before and the one after it.
_SPAN = 3
_FLAT_HOUR, _FLAT_DAY = _SPAN / 24, 1 / 7
_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
_ORDERS = """
SELECT customer_id, hour(local)::INTEGER AS hour, isodow(local)::INTEGER - 1 AS weekday,
       date_diff('second', placed_at, $now) / 86400.0 AS age
FROM (SELECT *, timezone($zone, timezone('UTC', placed_at)) AS local FROM orders WHERE placed_at <= $now)
ORDER BY customer_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Something a customer wrote or answered: when, and on which channel ("web", "telegram", "email", …)."""

    customer_id: str
    at: datetime
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Events:
    """Orders and messages of all customers, `age` in days."""

    customers: tuple[str, ...]
    who: Ints
    hour: Ints
    weekday: Ints
    age: Floats

    @property
    def weight(self) -> Floats:
        return faded(self.age, _HALF_LIFE)


def predict_best_hours(
    sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str = "UTC", contacts: Iterable[Contact] = ()
) -> dict[str, Prediction]:
    """Tell around which hour each customer is most active.

    Parameters
    ----------
    sales : a connection with the table `orders` of `analytics.features.sales.load_sales`.
    now : aware; nothing after it is looked at.
    timezone : the shop's zone, in which hours are told.
    contacts : what customers wrote, beside their orders.

    Returns
    -------
    {customer id: prediction of kind "best_hour"}: `label` the hour ("18"), `value` the share of her activity from an
        hour before to the end of the hour after it. Where that cannot be told from a flat day the reason begins
        "not known well", and the hour is the one of the shop's customers drawn to hers.
    """
    events = _events(sales, now, timezone, contacts)
    if not events.customers:
        return {}
    many = len(events.customers)
    hours = shares_of(events.who, events.hour, events.weight, many, 24)
    days = shares_of(events.who, events.weekday, events.weight, many, 7)
    around, shop = _around(hours.expected), _around(hours.shop[None, :])[0]
    best = around.argmax(axis=1)
    value = around[np.arange(many), best]
    low, high = hours.bounds(value)
    near = np.isin((events.hour - best[events.who]) % 24, (23, 0, 1))
    told = np.bincount(events.who, minlength=many)
    inside = np.bincount(events.who[near], minlength=many)
    weekdays = _clear_weekdays(days)
    found = {}
    for at, customer in enumerate(events.customers):
        hour, known = int(best[at]), bool(low[at] > _FLAT_HOUR)
        found[customer] = Prediction(
            kind="best_hour",
            value=round(float(value[at]), 3),
            low=round(float(low[at]), 3),
            high=round(float(high[at]), 3),
            reason=_reason(hour, int(told[at]), int(inside[at]), known, weekdays[at]),
            baseline=round(float(shop[hour]), 3),
            basis="history" if known and hours.known[at] >= _SPAN else "shop",
            label=str(hour),
        )
    return found


def predict_best_channels(contacts: Sequence[Contact], now: datetime) -> dict[str, Prediction]:
    """Tell on which channel each customer who ever wrote is to be met; contacts after `now` are left out."""
    known = [one for one in contacts if one.at <= now]
    if not known:
        return {}
    customers, who = np.unique(np.array([one.customer_id for one in known]), return_inverse=True)
    channels, kind = np.unique(np.array([one.channel for one in known]), return_inverse=True)
    weight = np.array([0.5 ** ((now - one.at).total_seconds() / 86_400 / _HALF_LIFE) for one in known])
    shares = shares_of(who, kind, weight, len(customers), len(channels))
    best = shares.expected.argmax(axis=1)
    value = shares.expected[np.arange(len(customers)), best]
    low, high = shares.bounds(value)
    told = np.bincount(who, minlength=len(customers))
    there = np.bincount(who[kind == best[who]], minlength=len(customers))
    return {
        str(customer): Prediction(
            kind="best_channel",
            value=round(float(value[at]), 3),
            low=round(float(low[at]), 3),
            high=round(float(high[at]), 3),
            reason=f"wrote {_times(int(told[at]))}, {int(there[at])} of them on {channels[best[at]]}",
            baseline=round(float(shares.shop[best[at]]), 3),
            basis="history" if low[at] > 1 / len(channels) or len(channels) == 1 else "shop",
            label=str(channels[best[at]]),
        )
        for at, customer in enumerate(customers.tolist())
    }


def _events(sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str, contacts: Iterable[Contact]) -> _Events:
    moment = now.astimezone(UTC).replace(tzinfo=None)
    found: dict[str, Any] = sales.execute(_ORDERS, {"now": moment, "zone": timezone}).fetchnumpy()
    zone = ZoneInfo(timezone)
    written = [(one, one.at.astimezone(zone)) for one in contacts if one.at <= now]
    ids = np.concatenate([np.asarray(found["customer_id"], dtype=np.str_), [one.customer_id for one, _ in written]])
    customers, who = np.unique(ids, return_inverse=True)
    return _Events(
        customers=tuple(customers.tolist()),
        who=who.astype(np.int64),
        hour=np.concatenate([found["hour"], [at.hour for _, at in written]]).astype(np.int64),
        weekday=np.concatenate([found["weekday"], [at.weekday() for _, at in written]]).astype(np.int64),
        age=np.concatenate([found["age"], [(now - at).total_seconds() / 86_400 for _, at in written]]),
    )


def _around(shares: Floats) -> Floats:
    """Give for each hour the share of it and its two neighbours; 23 and 0 are neighbours."""
    total: Floats = np.roll(shares, 1, axis=1) + shares + np.roll(shares, -1, axis=1)
    return total


def _clear_weekdays(days: Shares) -> list[str | None]:
    """Give each customer's weekday where it can be told from a flat week."""
    best = days.expected.argmax(axis=1)
    low, _ = days.bounds(days.expected[np.arange(len(best)), best])
    return [_DAYS[day] if clear > _FLAT_DAY else None for day, clear in zip(best.tolist(), low.tolist(), strict=True)]


def _reason(hour: int, told: int, inside: int, known: bool, weekday: str | None) -> str:
    span = f"between {(hour - 1) % 24}:00 and {(hour + 2) % 24}:00"
    text = f"ordered or wrote {_times(told)}, {inside} of them {span}"
    if weekday:
        text += f", most on {weekday}"
    return text if known else f"not known well: {text}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
