"""What category a customer's next basket holds: her habits and the shop's, blended by trees learned on earlier days.

Two forecasts are averaged in log-odds: her share of visits with the category, faded by visit and drawn to the shop's
latest (it needs no learning), and boosted trees over `category_figures.NAMES`. With few customers the first stands
alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb
import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, expit, logit

from analytics.prediction.category_due import due_text
from analytics.prediction.category_figures import OWN_VISITS, CategoryTable, ShopAsOf, category_table, shop_as_of
from analytics.prediction.category_visits import CategoryVisits, category_visits
from analytics.prediction.next_order import horizon_for
from analytics.prediction.visits import Floats, Ints, as_day, visits_of
from analytics.prediction_records import Basis, Prediction
from analytics.wording import spoken_share

#: Categories told of a customer, best first.
SHOWN = 5
#: Beside what she bought, so many of what the shop sells most lately are weighed by the trees.
_POPULAR = 60
#: Earlier days learned from, customers of each, and rows in all: more is slower, not better.
_CUT_OFFS, _LEARNERS, _MOST_ROWS = 3, 2500, 150_000
#: Baskets without which no trees are learned.
_LEAST_BASKETS = 150
#: Customers handled at a time, so that a large shop fits into memory.
_CHUNK = 4000
#: Visits a probability of the trees counts for, where its range is told.
_MODEL_VISITS = 25.0
_TREES = 100
_SETTINGS = {
    "objective": "binary",
    "num_leaves": 15,
    "min_data_in_leaf": 100,
    "learning_rate": 0.1,
    "feature_fraction": 0.7,
    "lambda_l2": 5.0,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryModel:
    """The trees, or None where too little is known for them; and the shop as of the day they are used on."""

    booster: lgb.Booster | None
    shop: ShopAsOf

    def chances(self, table: CategoryTable) -> Floats:
        """Give the probability that the next visit holds each category: a row a customer, a column a category."""
        drawn = np.clip(table.drawn, 1e-6, 1 - 1e-6)
        if self.booster is None:
            return drawn
        weighed = _weighed(table)
        learned = np.asarray(self.booster.predict(table.figures[weighed], num_threads=1))
        drawn[weighed] = expit((logit(drawn[weighed]) + logit(np.clip(learned, 1e-6, 1 - 1e-6))) / 2)
        return drawn


def predict_next_categories(
    sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str = "UTC", *, seed: int = 0
) -> dict[str, list[Prediction]]:
    """Foretell what each customer's next basket holds.

    Parameters
    ----------
    sales : a connection with the tables of `analytics.features.sales.load_sales`.
    now : aware; nothing after it is looked at.
    timezone : the shop's zone, in which a day begins: orders of a day are one basket.
    seed : the same seed on the same orders gives the same predictions.

    Returns
    -------
    {customer id: up to `SHOWN` predictions of kind "next_category", likeliest first}; the reason tells when a category
        she buys again and again is due.
    """
    known = category_visits(sales, now, timezone)
    if not known.categories:
        return {}
    return told_categories(known, now, horizon_for(visits_of(sales, now, timezone), as_day(now)), seed)


def told_categories(known: CategoryVisits, now: datetime, horizon: float, seed: int = 0) -> dict[str, list[Prediction]]:
    """Do what `predict_next_categories` does, of visits that were read already; see `fit_categories`."""
    day = as_day(now)
    model = fit_categories(known, day, horizon, seed)
    found: dict[str, list[Prediction]] = {}
    everybody = _rows(known, day)
    for start in range(0, len(everybody), _CHUNK):
        table = category_table(known, model.shop, everybody[start : start + _CHUNK])
        found.update(_told(known, table, model, now))
    return found


def fit_categories(known: CategoryVisits, day: float, horizon: float, seed: int = 0) -> CategoryModel:
    """Learn from what followed earlier days; nothing after `day` is looked at.

    Parameters
    ----------
    known : visits, with at least one up to `day`.
    day : as `Visits.day`.
    horizon : days between the latest day learned from and `day`: the next visits up to `day` are the lesson.
    """
    random = np.random.default_rng(seed)
    figures, held = [], []
    baskets = 0
    for number in range(_CUT_OFFS):
        earlier = day - horizon * (1 + number / 2)
        rows = _rows(known, earlier)
        following = known.next_visits(earlier, day)[rows]
        rows, following = rows[following >= 0], following[following >= 0]
        if not len(rows):
            break
        drawn = np.sort(random.permutation(len(rows))[:_LEARNERS])
        rows, following = rows[drawn], following[drawn]
        table = category_table(known, shop_as_of(known, earlier, rows), rows)
        weighed = _weighed(table)
        figures.append(table.figures[weighed])
        held.append(known.held(following)[weighed])
        baskets += len(rows)
    booster = _learned(np.vstack(figures), np.concatenate(held), random, seed) if baskets >= _LEAST_BASKETS else None
    rows = _rows(known, day)
    some = np.sort(random.permutation(rows)[: 2 * _LEARNERS])
    return CategoryModel(booster=booster, shop=shop_as_of(known, day, some))


def _learned(figures: Floats, held: Floats, random: np.random.Generator, seed: int) -> lgb.Booster:
    kept = random.permutation(len(held))[:_MOST_ROWS]
    return lgb.train({**_SETTINGS, "seed": seed}, lgb.Dataset(figures[kept], held[kept]), _TREES)


def _rows(known: CategoryVisits, day: float) -> Ints:
    """Give the customers with a visit up to `day`, ascending."""
    return np.unique(known.owner[known.day <= day])


def _weighed(table: CategoryTable) -> NDArray[np.bool_]:
    """Give which pairs of customer and category the trees are asked about."""
    popular = np.zeros(len(table.lately), dtype=bool)
    popular[np.argsort(-table.lately, kind="stable")[:_POPULAR]] = True
    return np.asarray((table.times > 0) | popular[None, :])


def _told(
    known: CategoryVisits, table: CategoryTable, model: CategoryModel, now: datetime
) -> dict[str, list[Prediction]]:
    chances = model.chances(table)
    best = np.argsort(-chances, axis=1, kind="stable")[:, :SHOWN]
    sure = np.full(len(chances), _MODEL_VISITS) if model.booster is not None else table.visits + OWN_VISITS
    found: dict[str, list[Prediction]] = {}
    for at, row in enumerate(table.rows.tolist()):
        listed = []
        for category in best[at].tolist():
            chance, weight = float(chances[at, category]), float(sure[at])
            low, high = (float(betaincinv(chance * weight, (1 - chance) * weight, share)) for share in (0.1, 0.9))
            listed.append(
                Prediction(
                    kind="next_category",
                    value=round(chance, 4),
                    low=round(min(low, chance), 4),
                    high=round(max(high, chance), 4),
                    reason=_reason(table, at, category, now),
                    baseline=round(float(table.lately[category]), 4),
                    basis=_basis(model, table, at, category),
                    label=known.categories[category],
                )
            )
        found[known.customers[row]] = listed
    return found


def _basis(model: CategoryModel, table: CategoryTable, at: int, category: int) -> Basis:
    if model.booster is not None:
        return "model"
    return "history" if table.times[at, category] >= 2 else "shop"


def _reason(table: CategoryTable, at: int, category: int, now: datetime) -> str:
    times, visits = round(table.times[at, category]), round(table.visits[at])
    share = spoken_share(float(table.lately[category]))
    if not times:
        return f"not bought yet; in {share} baskets of the shop lately"
    text = f"in {times} of {visits} baskets" if visits > 1 else "in the one basket so far"
    return text + due_text(table, at, category, now)
