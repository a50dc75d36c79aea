"""Purchase days of all customers, and what is known of each of them as of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import duckdb
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_EPOCH = date(1970, 1, 1)

_CUSTOMERS = """
CREATE OR REPLACE TEMP TABLE history_customers AS
SELECT customer_id, row_number() OVER (ORDER BY customer_id) - 1 AS place
FROM (SELECT DISTINCT customer_id FROM orders WHERE placed_at <= $now AND customer_id IS NOT NULL)
"""
_DAYS = """
WITH sizes AS (SELECT order_id, count(*) AS lines FROM lines GROUP BY order_id)
SELECT place, date_diff('day', DATE '1970-01-01', timezone($zone, timezone('UTC', placed_at))::DATE) AS day,
       sum(total)::DOUBLE AS amount, coalesce(sum(lines), 0)::DOUBLE AS lines
FROM orders JOIN history_customers USING (customer_id) LEFT JOIN sizes USING (order_id) WHERE placed_at <= $now
GROUP BY ALL
"""


def day_of(moment: datetime | date) -> int:
    """Give the number of a day, counted from 1970-01-01."""
    return ((moment.date() if isinstance(moment, datetime) else moment) - _EPOCH).days


def date_of(day: int) -> date:
    """Give the date of a numbered day."""
    return _EPOCH + timedelta(days=int(day))


@dataclass(frozen=True, slots=True)
class Summary:
    """What BG/NBD and its kin know of a customer as of a day; one entry a customer who bought before it.

    Times are days. `customer` is her place in `History.customers`.
    """

    customer: Ints
    #: Purchase days after the first, >= 0.
    repeats: Floats
    #: From the first purchase day to the last, 0 without repeats.
    recency: Floats
    #: From the first purchase day to the day of the summary, > 0.
    age: Floats
    #: Mean money of a purchase day, the first one counted; days without money are left out, 0 where none is left.
    spend: Floats
    #: Purchase days with money, >= 0.
    paid_days: Floats


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Purchase days, sorted by customer and day: orders of one day are one purchase.

    Parameters
    ----------
    customers : ids, sorted.
    customer : place of each purchase day's customer in `customers`.
    day : number of the day, in the shop's zone.
    amount : money of that day.
    lines : order lines of that day; 0 where they are not known.
    """

    customers: tuple[str, ...]
    customer: Ints
    day: Ints
    amount: Floats
    lines: Floats

    @property
    def first_day(self) -> int:
        """The shop's first purchase day; 0 for an empty history."""
        return int(self.day.min()) if len(self.day) else 0

    @property
    def last_day(self) -> int:
        """The shop's last purchase day; 0 for an empty history."""
        return int(self.day.max()) if len(self.day) else 0

    def summary(self, day: int) -> Summary:
        """Sum up what was bought before `day`; customers who had bought nothing by then are not in it."""
        known = self.day < day
        customer, days, amount = self.customer[known], self.day[known], self.amount[known]
        place, first = np.unique(customer, return_index=True)
        last = np.append(first[1:], len(customer)) - 1
        bought = np.diff(np.append(first, len(customer)))
        paid: Floats = (amount > 0).astype(np.float64)
        counted = summed(customer, paid, len(self.customers))[place]
        money = summed(customer, np.maximum(amount, 0.0), len(self.customers))[place]
        return Summary(
            customer=place,
            repeats=bought.astype(np.float64) - 1,
            recency=(days[last] - days[first]).astype(np.float64) if len(place) else np.zeros(0),
            age=(day - days[first]).astype(np.float64) if len(place) else np.zeros(0),
            spend=money / np.maximum(counted, 1.0),
            paid_days=counted,
        )

    def some(self, most: int, seed: int = 0) -> History:
        """Give the history of at most so many customers, drawn by the seed; all of it where there are no more."""
        if len(self.customers) <= most:
            return self
        drawn = np.sort(np.random.default_rng(seed).choice(len(self.customers), most, replace=False))
        place = np.full(len(self.customers), -1, dtype=np.int64)
        place[drawn] = np.arange(most)
        kept = place[self.customer] >= 0
        return History(
            customers=tuple(self.customers[one] for one in drawn.tolist()),
            customer=place[self.customer[kept]],
            day=self.day[kept],
            amount=self.amount[kept],
            lines=self.lines[kept],
        )

    def bought_within(self, day: int, horizon: int) -> tuple[Floats, Floats]:
        """Give purchase days and money of every customer from `day` on, for `horizon` days; by place in `customers`."""
        within = (self.day >= day) & (self.day < day + horizon)
        customer, many = self.customer[within], len(self.customers)
        days = summed(customer, np.ones(len(customer)), many)
        return days, summed(customer, np.maximum(self.amount[within], 0.0), many)


def read_history(sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str = "UTC") -> History:
    """Read purchase days up to `now` (aware) from the tables of `analytics.features.sales.load_sales`."""
    moment = now.astimezone(UTC).replace(tzinfo=None)
    sales.execute(_CUSTOMERS, {"now": moment})
    found = sales.execute(_DAYS, {"now": moment, "zone": timezone}).fetchnumpy()
    named = sales.execute("SELECT customer_id FROM history_customers ORDER BY place").fetchall()
    sales.execute("DROP TABLE history_customers")
    columns = (np.asarray(found[name]) for name in ("place", "day", "amount", "lines"))
    return history_of([row[0] for row in named], *columns)


def history_of(
    customers: Sequence[str], customer: Ints, day: Ints, amount: Floats, lines: Floats | None = None
) -> History:
    """Sort purchase days and give them as a history; parameters as of `History`."""
    order = np.lexsort((day, customer))
    return History(
        customers=tuple(map(str, customers)),
        customer=customer[order].astype(np.int64),
        day=day[order].astype(np.int64),
        amount=amount[order].astype(np.float64),
        lines=np.zeros(len(order)) if lines is None else lines[order].astype(np.float64),
    )


def summed(customer: Ints, values: Floats, many: int) -> Floats:
    """Sum values by customer; 0 for those without any."""
    return np.bincount(customer, values, many).astype(np.float64)
