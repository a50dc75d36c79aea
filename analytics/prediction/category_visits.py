"""Which categories each visit of a customer held, as flat arrays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb
import numpy as np

from analytics.prediction.visits import Floats, Ints

#: Categories that are looked at, those in most visits; what is rarer is foretold for nobody.
MOST_CATEGORIES = 800
_QUERY = """
WITH days AS (
    SELECT order_id, customer_id, placed_at, timezone($zone, timezone('UTC', placed_at))::DATE AS date
    FROM orders WHERE placed_at <= $now
), held AS (
    SELECT DISTINCT d.customer_id, d.date, p.category
    FROM lines l JOIN days d USING (order_id) JOIN products p USING (product_id)
    WHERE p.category IS NOT NULL AND p.category <> ''
), starts AS (
    SELECT customer_id, date, epoch(min(placed_at)) / 86400.0 AS day,
           row_number() OVER (ORDER BY customer_id, date) - 1 AS visit
    FROM days SEMI JOIN held USING (customer_id, date) GROUP BY customer_id, date
)
SELECT customer_id, visit, day, category FROM held JOIN starts USING (customer_id, date) ORDER BY visit, category
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryVisits:
    """Visits by customer, oldest first, and the categories each held, once each.

    `owner` and `day` have one entry a visit, `visit` and `category` one for each category in a visit; `owner` is a
    position in `customers`, `visit` one in `day`, `category` one in `categories`; days as `Visits.day`.
    """

    customers: tuple[str, ...]
    categories: tuple[str, ...]
    owner: Ints
    day: Floats
    visit: Ints
    category: Ints

    def next_visits(self, day: float, latest: float) -> Ints:
        """Give for each customer her first visit in (day, latest]; -1 where there is none."""
        after = np.flatnonzero((self.day > day) & (self.day <= latest))[::-1]
        found = np.full(len(self.customers), -1, dtype=np.int64)
        found[self.owner[after]] = after  # the earliest is written last
        return found

    def held(self, visits: Ints) -> Floats:
        """Give a row for each of `visits`: 1.0 in the columns of the categories it held."""
        place = np.full(len(self.day), -1, dtype=np.int64)
        place[visits] = np.arange(len(visits))
        inside = place[self.visit] >= 0
        rows = np.zeros((len(visits), len(self.categories)))
        rows[place[self.visit[inside]], self.category[inside]] = 1.0
        return rows


def category_visits(sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str) -> CategoryVisits:
    """Read what was bought up to `now` (aware), by visit and category.

    Parameters
    ----------
    sales : a connection with the tables of `analytics.features.sales.load_sales`. Products without a category are left
        out, and so is a visit that held nothing else.
    timezone : the shop's zone, in which a day begins and ends.
    """
    found: dict[str, Any] = sales.execute(
        _QUERY, {"now": now.astimezone(UTC).replace(tzinfo=None), "zone": timezone}
    ).fetchnumpy()
    names, category = np.unique(np.asarray(found["category"], dtype=np.str_), return_inverse=True)
    customers, who = np.unique(np.asarray(found["customer_id"], dtype=np.str_), return_inverse=True)
    visit = np.asarray(found["visit"], dtype=np.int64)
    first = np.flatnonzero(np.diff(visit, prepend=-1))
    often = np.argsort(-np.bincount(category, minlength=len(names)), kind="stable")[:MOST_CATEGORIES]
    place = np.full(len(names), -1, dtype=np.int64)
    place[np.sort(often)] = np.arange(len(often))
    kept = place[category] >= 0
    return CategoryVisits(
        customers=tuple(customers.tolist()),
        categories=tuple(names[np.sort(often)].tolist()),
        owner=who[first].astype(np.int64),
        day=np.asarray(found["day"], dtype=np.float64)[first],
        visit=visit[kept],
        category=place[category[kept]],
    )
