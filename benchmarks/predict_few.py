"""`rapport bench predict`, small shops: fifty buyers of a real one, forecasts beside that small shop's average."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.prediction.category_figures import category_table
from analytics.prediction.category_visits import category_visits
from analytics.prediction.measures import log_loss
from analytics.prediction.next_category import fit_categories
from analytics.prediction.next_order import foresee
from analytics.prediction.visits import as_day, visits_of
from analytics.workspace import open_workspace
from benchmarks.complete_journey import load_complete_journey
from benchmarks.online_retail import FILE, load_online_retail
from benchmarks.parts import Part

Floats = NDArray[np.float64]
_BUYERS = 50
_SHOPS, _SHOPS_QUICK = 20, 4
_AVERAGE = "the small shop's average"


def measure(quick: bool) -> list[Part]:
    """Draw small shops from both real ones; nothing else of those is known to the forecasts."""
    shops = _SHOPS_QUICK if quick else _SHOPS
    parts = [_of("fifty_buyers_", load_complete_journey, datetime(2017, 11, 20, tzinfo=UTC), 28, shops)]
    if FILE.is_file():
        parts.append(
            _of("fifty_buyers_online_retail_", load_online_retail, datetime(2011, 9, 10, tzinfo=UTC), 90, shops)
        )
    return parts


def _of(
    prefix: str, load: Callable[[duckdb.DuckDBPyConnection], None], now: datetime, horizon: int, shops: int
) -> Part:
    ours: list[dict[str, float]] = []
    average: list[dict[str, float]] = []
    with open_workspace() as sales:
        load(sales)
        sales.execute("ALTER TABLE orders RENAME TO all_orders")
        found = sales.execute(
            "SELECT DISTINCT customer_id FROM all_orders WHERE placed_at <= $now ORDER BY 1",
            {"now": now.replace(tzinfo=None)},
        ).fetchall()
        customers = [row[0] for row in found]
        for number in range(shops):
            drawn = np.random.default_rng(number).choice(customers, _BUYERS, replace=False).tolist()
            sales.execute(
                "CREATE OR REPLACE TABLE orders AS SELECT * FROM all_orders WHERE list_contains($drawn, customer_id)",
                {"drawn": drawn},
            )
            for kept, figures in zip((ours, average), _one(sales, now, horizon), strict=True):
                kept.append(figures)
    return Part(
        figures=_means(prefix, ours),
        baselines={_AVERAGE: _means(prefix, average)},
        sizes={f"{prefix}shops": shops},
    )


def _one(sales: duckdb.DuckDBPyConnection, now: datetime, horizon: int) -> tuple[dict[str, float], dict[str, float]]:
    """Give the figures of one small shop: of our forecasts, and of its average told of everybody."""
    day, end = as_day(now), now + timedelta(days=horizon)
    visits = visits_of(sales, end, "UTC")
    wait = visits.next_after(day)
    came = wait <= horizon
    outlook = foresee(visits, day, horizon)
    gone = (~came).astype(np.float64)
    stays = outlook.rhythms.within(outlook.silence, horizon)
    earlier = visits.until(day).next_after(day - horizon)
    there = visits.first() <= day - horizon
    share = ((earlier[there] <= horizon).sum() + 1) / (there.sum() + 2)
    usual = float(np.median(earlier[earlier <= horizon])) if (earlier <= horizon).any() else horizon / 2
    categories = category_visits(sales, end, "UTC")
    following = categories.next_visits(day, day + horizon)
    seen = np.unique(categories.owner[categories.day <= day])
    rows = seen[following[seen] >= 0]
    model = fit_categories(categories, day, horizon)
    table = category_table(categories, model.shop, rows)
    held = categories.held(following[rows])
    popular = np.broadcast_to(table.lately, held.shape)
    return (
        {
            "next_order_mae_days": float(np.abs(outlook.middle - wait)[came].mean()),
            "stays_away_log_loss": log_loss(1 - stays, gone),
            "next_category_log_loss": log_loss(model.chances(table).ravel(), held.ravel()),
            "next_category_hit_at_1": _hits(model.chances(table), held),
        },
        {
            "next_order_mae_days": float(np.abs(usual - wait)[came].mean()),
            "stays_away_log_loss": log_loss(np.full(len(gone), 1 - share), gone),
            "next_category_log_loss": log_loss(np.asarray(popular).ravel(), held.ravel()),
            "next_category_hit_at_1": _hits(np.asarray(popular), held),
        },
    )


def _hits(chances: Floats, held: Floats) -> float:
    return float(held[np.arange(len(held)), chances.argmax(axis=1)].mean())


def _means(prefix: str, shops: list[dict[str, float]]) -> dict[str, float]:
    return {f"{prefix}{name}": float(np.mean([one[name] for one in shops])) for name in shops[0]}
