"""`rapport bench segments`: the segments that the rule chooses by itself, beside the usual ways to find five."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb
import numpy as np
from sklearn.metrics import adjusted_rand_score

from analytics import columns as c
from analytics.features.compute import compute_features
from analytics.segmentation.algorithms import Method, fit_groups
from analytics.segmentation.choosing import SMALLEST_SHARE, Choice, choose
from analytics.segmentation.figures import Columns, columns_of
from analytics.segmentation.measures import davies_bouldin, explained, shares, silhouette, stability
from analytics.segmentation.model import SegmentModel
from analytics.segmentation.space import Layer, Space
from analytics.segmentation.spaces import log_space, rfm_space
from analytics.segmentation.spread import Past, look_back
from analytics.segmentation.surrogate import state_rules
from analytics.workspace import open_workspace
from benchmarks.online_retail import load_online_retail

_SEED = 0
_BOOTSTRAPS, _BOOTSTRAPS_QUICK = 30, 5
#: In the quick version, one customer in so many.
_ONE_IN = 5
_USUAL = 5
#: Lower is better.
_LOWER = {"davies_bouldin", "assign_us"}


@dataclass(frozen=True)
class _Shop:
    columns: Columns
    past: Past | None
    bootstraps: int


def run(quick: bool) -> dict[str, Any]:
    """Choose segments of UCI Online Retail, and measure them beside five groups of places, logarithms and raw figures.

    Parameters
    ----------
    quick : one customer in five, and five bootstraps.

    Returns
    -------
    dict
        In the form of every benchmark. `silhouette` and `davies_bouldin` in the space of each; `silhouette_rfm` of the
        same groups among places of recency, orders and money; `stability` mean adjusted Rand index over 30 bootstraps;
        `spread` share of the variance of the last 90 days' spending that segments of before explain; `halves` the
        agreement of segments found in either half of the customers; `fidelity` how often rules and segments agree.
        Ratios leave out baselines with a segment below 5 %: a handful of whales has any silhouette.
    """
    began = time.perf_counter()
    shop = _shop(quick)
    choice = choose(shop.columns, shop.past, _SEED, lambda _step, _share: None)
    figures = _measured(shop, choice.space, choice.method, choice.k) | _further(shop, choice)
    usual = {"rank_rfm_5": rfm_space(shop.columns), "log_rfm_5": log_space(shop.columns), "raw_rfm_5": _unscaled()}
    baselines = {name: _measured(shop, space, "kmeans", _USUAL) for name, space in usual.items()}
    fair = [found for found in baselines.values() if found["smallest_share"] >= SMALLEST_SHARE]
    return {
        "bench": "segments",
        "sizes": {
            "customers": len(shop.columns[c.MONETARY]),
            "bootstraps": shop.bootstraps,
            "segments": choice.k,
            "space": choice.space.name,
            "method": choice.method,
            "figures": list(choice.space.figures),
        },
        "figures": figures,
        "baselines": baselines,
        "ratio": {key: _ratio(key, figures[key], [found[key] for found in fair]) for key in baselines["rank_rfm_5"]},
        "seconds": round(time.perf_counter() - began, 1),
    }


def _shop(quick: bool) -> _Shop:
    with open_workspace() as sales:
        load_online_retail(sales)
        if quick:
            sales.execute("DELETE FROM orders WHERE customer_id::BIGINT % ? <> 0", [_ONE_IN])
        last = _last(sales)
        _, columns = columns_of(compute_features(sales, last, "UTC"))
        return _Shop(columns, look_back(sales, last, "UTC"), _BOOTSTRAPS_QUICK if quick else _BOOTSTRAPS)


def _last(sales: duckdb.DuckDBPyConnection) -> datetime:
    found = sales.execute("SELECT max(placed_at) FROM orders").fetchone()
    assert found is not None  # noqa: S101  (an aggregate gives a row)
    moment: datetime = found[0]
    return moment.replace(tzinfo=UTC)


def _unscaled() -> Space:
    """Recency, orders and money as they are: what "0.84 with five segments" is made of."""
    count = len(c.RFM)
    rows = tuple(tuple(float(i == j) for j in range(count)) for i in range(count))
    return Space(
        name="raw",
        figures=c.RFM,
        fallbacks=(0.0,) * count,
        scales=((0.0, 1.0),) * count,
        kind="plain",
        layers=(Layer(rows, (0.0,) * count),),
        weights=(1.0,) * count,
        axes=c.RFM,
    )


def _measured(shop: _Shop, space: Space, method: Method, k: int) -> dict[str, float]:
    points = space.points(shop.columns)
    labels = fit_groups(points, method, k, _SEED).labels(points)
    return {
        "silhouette": round(silhouette(points, labels, _SEED, len(points)), 4),
        "silhouette_rfm": round(silhouette(rfm_space(shop.columns).points(shop.columns), labels, _SEED), 4),
        "davies_bouldin": round(davies_bouldin(points, labels), 4),
        "stability": round(stability(points, method, k, _SEED, shop.bootstraps), 4),
        "smallest_share": round(float(shares(labels, k).min()), 4),
        "spread": _spread(shop, space, method, k),
    }


def _spread(shop: _Shop, space: Space, method: Method, k: int) -> float:
    """Segments of the earlier moment in the same space: how much of the later spending they explain."""
    if shop.past is None:
        return 0.0
    points = space.points(shop.past.columns)
    labels = fit_groups(points, method, k, _SEED).labels(points)
    return round(explained(labels, shop.past.spent_later), 4)


def _further(shop: _Shop, choice: Choice) -> dict[str, float]:
    points = choice.space.points(shop.columns)
    labels = choice.groups.labels(points)
    order = np.random.default_rng(_SEED).permutation(len(points))
    halves = [
        fit_groups(points[rows], choice.method, choice.k, _SEED).labels(points) for rows in np.array_split(order, 2)
    ]
    model = SegmentModel(
        space=choice.space,
        ids=tuple(range(1, choice.k + 1)),
        middles=choice.groups.middles,
        narrowness=choice.groups.narrowness,
        offsets=choice.groups.offsets,
    )
    return {
        "halves": round(float(adjusted_rand_score(*halves)), 4),
        "fidelity": round(state_rules(shop.columns, choice.space.figures, labels + 1).fidelity, 4),
        "assign_us": _assign_us(model, shop.columns),
    }


def _assign_us(model: SegmentModel, columns: Columns) -> float:
    """Microseconds of processor time to place one customer."""
    people = [{name: float(values[row]) for name, values in columns.items()} for row in range(min(500, _rows(columns)))]
    began = time.process_time()
    for person in people:
        model.assign(person)
    return round((time.process_time() - began) / len(people) * 1e6, 1)


def _rows(columns: Columns) -> int:
    return len(columns[c.MONETARY])


def _ratio(key: str, ours: float, theirs: list[float]) -> float:
    if not theirs or ours == 0:
        return 0.0
    return round(min(theirs) / ours if key in _LOWER else ours / max(theirs), 3)
