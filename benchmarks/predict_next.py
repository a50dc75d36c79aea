"""`rapport bench predict`, when and what a customer buys next: on later months, beside her habits and the shop's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.prediction.category_card import category_quality
from analytics.prediction.category_due import LEAST_TIMES, cycles_of, dues_of
from analytics.prediction.category_figures import CategoryTable, category_table
from analytics.prediction.category_visits import CategoryVisits, category_visits
from analytics.prediction.contact_habits import predict_best_hours
from analytics.prediction.next_category import fit_categories
from analytics.prediction.next_order import foresee
from analytics.prediction.visits import Visits, as_day, visits_of
from analytics.workspace import open_workspace
from benchmarks.complete_journey import load_complete_journey
from benchmarks.online_retail import FILE, load_online_retail
from benchmarks.parts import Part

Floats = NDArray[np.float64]
_ONE_IN_QUICK = 5
_GAP, _MEDIAN = "last order and mean gap", "median of the shop"
_OWN, _POPULAR = "her frequency", "popularity"
_HOUR_OWN, _HOUR_SHOP = "her most frequent hour", "the shop's hour"


def measure(quick: bool) -> list[Part]:
    """Measure next order, next category and best hour on Online Retail and on the demonstration shop.

    The forecast looks at nothing after its day: 10 September 2011 with 90 days ahead, 20 November 2017 with 28.
    """
    one_in = _ONE_IN_QUICK if quick else 1

    def wholesaler(sales: duckdb.DuckDBPyConnection) -> None:
        load_online_retail(sales)
        sales.execute("DELETE FROM orders WHERE customer_id::INTEGER % $one_in <> 0", {"one_in": one_in})

    def grocer(sales: duckdb.DuckDBPyConnection) -> None:
        load_complete_journey(sales, one_in)

    parts = _shop("", grocer, datetime(2017, 11, 20, tzinfo=UTC), 28)
    if FILE.is_file():
        parts += _shop("online_retail_", wholesaler, datetime(2011, 9, 10, tzinfo=UTC), 90)
    return parts


def _shop(prefix: str, load: Callable[[duckdb.DuckDBPyConnection], None], now: datetime, horizon: int) -> list[Part]:
    with open_workspace() as sales:
        load(sales)
        end = now + timedelta(days=horizon)
        known_by = visits_of(sales, end, "UTC")
        return [
            next_order(prefix, known_by, as_day(now), horizon),
            next_category(prefix, category_visits(sales, end, "UTC"), as_day(now), horizon),
            best_hour(prefix, sales, now, end),
        ]


def next_order(prefix: str, visits: Visits, day: float, horizon: float) -> Part:
    """Measure the days to the next order among those who order within the horizon, and who comes first of all."""
    visits = _with_a_visit(visits, day)
    wait = visits.next_after(day)
    came = wait <= horizon
    outlook = foresee(visits, day, horizon)
    known = visits.until(day)
    gaps = np.maximum(known.counts() - 1, 1)
    mean_gap = np.where(known.counts() > 1, (known.last() - known.first()) / gaps, np.nan)
    mean_gap = np.where(np.isnan(mean_gap), np.nanmean(mean_gap), mean_gap)
    by_gap = np.clip(known.last() + mean_gap - day, 0, horizon)
    earlier = _with_a_visit(visits, day - horizon).next_after(day - horizon)
    median = float(np.median(earlier[earlier <= horizon]))
    inside = (outlook.low <= wait) & (wait <= outlook.high)
    days, order = f"{prefix}next_order_mae_days", f"{prefix}next_order_c_index"
    return Part(
        figures={
            days: float(np.abs(outlook.middle - wait)[came].mean()),
            f"{prefix}next_order_coverage": float(inside[came].mean()),
            order: c_index(outlook.away, wait, horizon),
        },
        baselines={
            _GAP: {
                days: float(np.abs(by_gap - wait)[came].mean()),
                order: c_index(known.last() + mean_gap, wait, horizon),
            },
            _MEDIAN: {days: float(np.abs(median - wait)[came].mean()), order: 0.5},
        },
        sizes={f"{prefix}next_order_customers": len(wait), f"{prefix}next_order_came": int(came.sum())},
    )


def next_category(prefix: str, known: CategoryVisits, day: float, horizon: float) -> Part:
    """Measure whether the next basket within the horizon holds what was told, over all categories."""
    following = known.next_visits(day, day + horizon)
    seen = np.unique(known.owner[known.day <= day])
    rows = seen[following[seen] >= 0]
    model = fit_categories(known, day, horizon)
    table = category_table(known, model.shop, rows)
    held = known.held(following[rows])
    own = table.times / table.visits[:, None]
    popular = np.broadcast_to(table.lately, held.shape)
    part = _quality(prefix, model.chances(table), held)
    baselines = {_OWN: _quality(prefix, own + 1e-9 * popular, held), _POPULAR: _quality(prefix, popular, held)}
    ours, hers, shops = due_errors(known, table, day, horizon)
    due = f"{prefix}category_due_mae_days"
    baselines[_OWN][due], baselines[_POPULAR][due] = hers, shops
    return Part(
        figures={**part, due: ours}, baselines=baselines, sizes={f"{prefix}next_category_customers": len(rows)}
    )  # fmt: skip


def due_errors(known: CategoryVisits, table: CategoryTable, day: float, horizon: float) -> tuple[float, float, float]:
    """Give the mean error in days of due dates that came true within the horizon: ours, by her mean, by the shop's."""
    owners = {int(owner): at for at, owner in enumerate(table.rows)}
    bought = np.full(table.times.shape, np.inf)
    later = known.day[known.visit] > day
    for visit, category in zip(known.visit[later].tolist(), known.category[later].tolist(), strict=True):
        at = owners.get(int(known.owner[visit]))
        if at is not None:
            bought[at, category] = min(bought[at, category], known.day[visit] - day)
    cycles = cycles_of(table)
    due = np.zeros(table.times.shape, dtype=bool)
    for at, listed in enumerate(dues_of(table)):
        due[at, [one.category for one in listed]] = True
    asked = due & (bought <= horizon) & (table.times >= LEAST_TIMES) & ~np.isnan(table.shop_cycle)[None, :]
    shop = np.broadcast_to(table.shop_cycle, cycles.shape)
    return tuple(  # type: ignore[return-value]
        float(np.abs(np.clip(cycle - table.days_since, 0, horizon) - bought)[asked].mean())
        for cycle in (cycles, table.own_cycle, shop)
    )


def best_hour(prefix: str, sales: duckdb.DuckDBPyConnection, now: datetime, end: datetime) -> Part:
    """Measure how many later orders fall within an hour of the one told (three hours in all)."""
    told = {customer: int(one.label or 0) for customer, one in predict_best_hours(sales, now).items()}
    rows = sales.execute(
        "SELECT customer_id, hour(placed_at), placed_at <= $now FROM orders WHERE placed_at <= $end",
        {"now": now.replace(tzinfo=None), "end": end.replace(tzinfo=None)},
    ).fetchall()
    counts = {customer: np.zeros(24) for customer in told}
    for customer, hour, before in rows:
        if before:
            counts[customer][hour] += 1
    shop = sum(counts.values(), np.zeros(24))
    shop_hour = int((np.roll(shop, 1) + shop + np.roll(shop, -1)).argmax())
    later = [(customer, hour) for customer, hour, before in rows if not before and customer in told]

    def share(hour_of: Callable[[str], int]) -> float:
        return sum((hour - hour_of(customer)) % 24 in (23, 0, 1) for customer, hour in later) / len(later)

    key = f"{prefix}best_hour_hit"
    return Part(
        figures={key: share(lambda customer: told[customer])},
        baselines={
            _HOUR_OWN: {key: share(lambda customer: int(counts[customer].argmax()))},
            _HOUR_SHOP: {key: share(lambda _: shop_hour)},
        },
        sizes={f"{prefix}best_hour_orders": len(later)},
    )


def c_index(score: Floats, wait: Floats, horizon: float) -> float:
    """Give the chance that of two customers, one of whom is known to come first, the first has the lower score."""
    agreed = pairs = 0.0
    censored = np.minimum(wait, horizon + 1)
    for at in np.flatnonzero(wait <= horizon):
        later = censored > censored[at]
        pairs += later.sum()
        agreed += (score[later] > score[at]).sum() + 0.5 * (score[later] == score[at]).sum()
    return float(agreed / pairs) if pairs else 0.5


def _quality(prefix: str, chances: Floats, held: Floats) -> dict[str, float]:
    return {f"{prefix}{name}": value for name, value in category_quality(chances, held).items()}


def _with_a_visit(visits: Visits, day: float) -> Visits:
    """Leave out customers who had not come by a day."""
    there = visits.first() <= day
    kept = there[visits.who]
    place = np.cumsum(there) - 1
    names = np.array(visits.customers)[there]
    return Visits(
        customers=tuple(names.tolist()), who=place[visits.who[kept]], day=visits.day[kept], spent=visits.spent[kept]
    )
