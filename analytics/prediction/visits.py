"""When customers ordered, as flat arrays: several orders of one day are one visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SECONDS_A_DAY = 86_400.0
_QUERY = """
SELECT customer_id, epoch(min(placed_at)) / 86400.0 AS day, sum(total)::DOUBLE AS spent
FROM orders WHERE placed_at <= $now
GROUP BY customer_id, timezone($zone, timezone('UTC', placed_at))::DATE
ORDER BY customer_id, day
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Visits of all customers, by customer, oldest first.

    `who` is a position in `customers`; `day` days since 1970 in UTC with their fraction; `spent` major currency units.
    """

    customers: tuple[str, ...]
    who: Ints
    day: Floats
    spent: Floats

    def until(self, day: float) -> Visits:
        """Give what was known on `day`; customers keep their positions."""
        known = self.day <= day
        return Visits(customers=self.customers, who=self.who[known], day=self.day[known], spent=self.spent[known])

    def counts(self) -> Ints:
        """Give the number of visits of each customer."""
        return np.bincount(self.who, minlength=len(self.customers)).astype(np.int64)

    def first(self) -> Floats:
        """Give each customer's first visit; inf where there is none."""
        found = np.full(len(self.customers), np.inf)
        np.minimum.at(found, self.who, self.day)
        return found

    def last(self) -> Floats:
        """Give each customer's last visit; -inf where there is none."""
        found = np.full(len(self.customers), -np.inf)
        np.maximum.at(found, self.who, self.day)
        return found

    def next_after(self, day: float) -> Floats:
        """Give the days from `day` to each customer's first visit after it; inf where none is known."""
        later = self.day > day
        found = np.full(len(self.customers), np.inf)
        np.minimum.at(found, self.who[later], self.day[later])
        return found - day

    def gaps(self) -> tuple[Ints, Floats]:
        """Give (customer, days) of every gap between two visits of one customer, in order."""
        same = self.who[1:] == self.who[:-1]
        return self.who[1:][same], (self.day[1:] - self.day[:-1])[same]


def visits_of(sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str) -> Visits:
    """Read the visits up to `now`.

    Parameters
    ----------
    sales : a connection with the table `orders` of `analytics.features.sales.load_sales`.
    now : aware.
    timezone : the shop's zone, in which a day begins and ends.
    """
    found: dict[str, Any] = sales.execute(
        _QUERY, {"now": now.astimezone(UTC).replace(tzinfo=None), "zone": timezone}
    ).fetchnumpy()
    customers, who = np.unique(np.asarray(found["customer_id"], dtype=np.str_), return_inverse=True)
    return Visits(
        customers=tuple(customers.tolist()),
        who=who.astype(np.int64),
        day=np.asarray(found["day"], dtype=np.float64),
        spent=np.asarray(found["spent"], dtype=np.float64),
    )


def as_day(moment: datetime) -> float:
    """Give a moment in the days of `Visits.day`."""
    return moment.timestamp() / _SECONDS_A_DAY
