"""When a category that is bought again and again is due: her own cycle, drawn to that of the shop's customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from analytics.prediction.category_figures import CategoryTable
from analytics.prediction.visits import Floats
from analytics.wording import spoken_date

#: Cycles of the shop's median added to a customer's own.
_SHOP_CYCLES = 2.0
#: Times bought before a category is called one she buys again and again.
LEAST_TIMES = 3
#: Cycles late after which nothing is called due: she gave it up.
_GIVEN_UP = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A category that is due, days from the moment of computing; negative: it was due that long ago."""

    category: int
    cycle_days: float
    in_days: float


def cycles_of(table: CategoryTable) -> Floats:
    """Give the days between two purchases of each category, a row a customer; nan where nothing tells.

    Her mean over n gaps and the shop's median: (n × hers + 2 × the shop's) / (n + 2).
    """
    gaps = np.maximum(table.times - 1, 0)
    own = np.where(np.isnan(table.own_cycle), 0.0, table.own_cycle)
    shop = np.where(np.isnan(table.shop_cycle), 0.0, table.shop_cycle)
    weight = np.where(np.isnan(table.shop_cycle), 0.0, _SHOP_CYCLES)
    total = gaps + weight
    cycles = np.full(gaps.shape, np.nan)
    np.divide(gaps * own + weight * shop, total, out=cycles, where=total > 0)
    return cycles


def dues_of(table: CategoryTable) -> list[list[Due]]:
    """Give for each customer the categories she buys again and again and has not given up, soonest first."""
    cycles = cycles_of(table)
    listed = []
    for at in range(len(table.rows)):
        again = (table.times[at] >= LEAST_TIMES) & (table.days_since[at] <= _GIVEN_UP * cycles[at])
        found = [
            Due(
                category=int(category),
                cycle_days=float(cycles[at, category]),
                in_days=float(cycles[at, category] - table.days_since[at, category]),
            )
            for category in np.flatnonzero(again)
        ]
        listed.append(sorted(found, key=lambda due: (due.in_days, due.category)))
    return listed


def due_text(table: CategoryTable, at: int, category: int, now: datetime) -> str:
    """Give ", last 12 days ago, every 21 days: due about 3 December", as far as it is known."""
    since = float(table.days_since[at, category])
    text = ", last today" if since < 0.5 else ", last a day ago" if since < 1.5 else f", last {_days(since)} ago"
    if table.times[at, category] < LEAST_TIMES:
        return text
    gaps = float(table.times[at, category]) - 1
    own, shop = float(table.own_cycle[at, category]), float(table.shop_cycle[category])
    cycle = own if np.isnan(shop) else (gaps * own + _SHOP_CYCLES * shop) / (gaps + _SHOP_CYCLES)
    if since > _GIVEN_UP * cycle:
        return text
    due = cycle - since
    when = "due now" if due < 1 else f"due about {spoken_date(now + timedelta(days=due), now)}"
    return f"{text}, every {_days(cycle)}: {when}"


def _days(count: float) -> str:
    return "day" if round(count) <= 1 else f"{round(count)} days"
