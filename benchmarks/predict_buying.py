"""`rapport bench predict`, churn, orders and value: one later period, beside every single model of the same run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb
import numpy as np

from analytics.prediction.blend import Blend
from analytics.prediction.buying_models import BUYING
from analytics.prediction.expected import Expected
from analytics.prediction.history import Floats, History, Summary, read_history
from analytics.prediction.measures import auc as auc_of
from analytics.prediction.measures import average_precision, bias, calibration_error, capture, measure
from analytics.prediction.members import NAMES
from analytics.prediction.ranges import fit_ranges, share_within
from analytics.prediction.recency import fit_recency
from analytics.prediction.serving import Serving, serve
from analytics.workspace import open_workspace
from benchmarks.complete_journey import load_complete_journey
from benchmarks.online_retail import load_online_retail
from benchmarks.parts import Part
from benchmarks.predict_plain import plain_models

_HORIZON = 90
_RESAMPLES, _RESAMPLES_QUICK = 300, 50
_ONE_IN_QUICK = 8
_LAST = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class _Later:
    """The customers known on the day, and what they did in the period after it."""

    summary: Summary
    orders: Floats
    value: Floats


def measure_buying(quick: bool) -> list[Part]:
    """Measure on the last 90 days of Online Retail (from 11 September 2011) and of the demonstration shop.

    Everything is learnt and chosen before the period begins. Baselines: each model of buying, the rule of recency,
    boosting and logistic regression on the signals of textbooks. What the blend is made of is in `…_part_…`.
    """
    one_in = _ONE_IN_QUICK if quick else 1
    resamples = _RESAMPLES_QUICK if quick else _RESAMPLES
    return [
        _shop("online_retail_", load_online_retail, resamples),
        _shop("demo_", lambda sales: load_complete_journey(sales, one_in), resamples),
    ]


def _shop(prefix: str, load: Callable[[duckdb.DuckDBPyConnection], None], resamples: int) -> Part:
    with open_workspace() as sales:
        load(sales)
        history = read_history(sales, _LAST)
    day = history.last_day + 1 - _HORIZON
    summary = history.summary(day)
    orders, value = (truth[summary.customer] for truth in history.bought_within(day, _HORIZON))
    later = _Later(summary=summary, orders=orders, value=value)
    serving = serve(history, day, _HORIZON)
    singles = _singles(history, day, summary)
    figures = _figures(serving.expected, later) | _ranges(serving, later)
    figures |= _parts(history, serving, later)
    best = max(singles, key=lambda name: _figures(singles[name], later)["churn_auc"])
    figures |= _resampled(serving.expected, singles[best], later, resamples)
    return Part(
        figures=_named(prefix, figures),
        baselines={name: _named(prefix, _figures(said, later)) for name, said in singles.items()},
        sizes={f"{prefix}customers": len(orders), f"{prefix}purchase_days": len(history.day)},
    )


def _singles(history: History, day: int, summary: Summary) -> dict[str, Expected]:
    said = {name: train(history, day, _HORIZON).expected(history, summary, day) for name, train in BUYING.items()}
    said["recency"] = fit_recency(history, day, _HORIZON).expected(history, summary, day)
    return said | plain_models(history, day, _HORIZON)


def _figures(said: Expected, later: _Later) -> dict[str, float]:
    measured = measure(said, later.orders, later.value)
    gone = np.where(later.orders == 0, 1.0, 0.0)
    return {
        "churn_auc": measured["churn_auc"],
        "churn_pr_auc": average_precision(said.churn, gone),
        "churn_brier": measured["churn_brier"],
        "churn_ece": measured["churn_ece"],
        "orders_mae": measured["orders_mae"],
        "aggregate_bias": measured["orders_bias"],
        "value_capture": measured["value_capture"],
        "value_bias": measured["value_bias"],
        "value_mae": measured["value_mae"],
    }


def _ranges(serving: Serving, later: _Later) -> dict[str, float]:
    """Give how often the truth lay within the ranges, which were read off the period before."""
    if serving.tested is None:
        return {}
    before = serving.chosen.of(serving.tested.said)
    covered = {}
    for kind, truth_before, truth in (
        ("orders", serving.tested.orders, later.orders),
        ("value", serving.tested.value, later.value),
    ):
        ranges = fit_ranges(getattr(before, kind), truth_before)
        if ranges is not None:
            covered[f"{kind}_coverage"] = share_within(*ranges.around(getattr(serving.expected, kind)), truth)
    return covered


def _parts(history: History, serving: Serving, later: _Later) -> dict[str, float]:
    """Give the areas of the blend's members on their own, where the blend serves."""
    blend = serving.models.get(serving.chosen.churn)
    if not isinstance(blend, Blend):
        return {}
    links = blend.members.links(history, later.summary, serving.day)["churn"]
    gone = np.where(later.orders == 0, 1.0, 0.0)
    return {f"part_{name}_auc": auc_of(link, gone) for name, link in zip(NAMES, links, strict=True)}


def _resampled(ours: Expected, single: Expected, later: _Later, resamples: int) -> dict[str, float]:
    """Give the middle 95 % of figures and of gains over the best single model, over customers drawn anew."""
    draw, many = np.random.default_rng(0), len(later.orders)
    gone = np.where(later.orders == 0, 1.0, 0.0)
    rows = []
    for _ in range(resamples):
        at = draw.integers(0, many, many)
        auc, other = auc_of(ours.churn[at], gone[at]), auc_of(single.churn[at], gone[at])
        mae, mae_other = (float(np.mean(np.abs(one.orders[at] - later.orders[at]))) for one in (ours, single))
        rows.append(
            {
                "churn_auc": auc,
                "churn_auc_gain": auc - other,
                "churn_ece": calibration_error(ours.churn[at], gone[at]),
                "orders_mae": mae,
                "orders_mae_ratio": mae / mae_other,
                "value_capture": capture(ours.value[at], later.value[at]),
                "aggregate_bias": bias(ours.orders[at], later.orders[at]),
            }
        )
    found: dict[str, float] = {}
    for name in rows[0]:
        low, high = np.quantile([row[name] for row in rows], (0.025, 0.975))
        found |= {f"{name}_low": float(low), f"{name}_high": float(high)}
    return found


def _named(prefix: str, figures: dict[str, float]) -> dict[str, float]:
    return {f"{prefix}{name}": round(value, 5) for name, value in figures.items() if np.isfinite(value)}
