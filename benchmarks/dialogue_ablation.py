"""What dialogue signals are worth: the same model of churn with and without them, on a simulated shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.features.dialogues import DIALOGUE, dialogue_features
from analytics.prediction.answer_model import fit_answers
from analytics.prediction.measures import auc
from analytics.prediction.visit_figures import visit_figures
from analytics.prediction.visits import Visits, as_day, visits_of
from analytics.workspace import open_workspace
from benchmarks.parts import Part
from benchmarks.simulated_shop import DAYS, START, simulate

_CUSTOMERS, _CUSTOMERS_QUICK = 4000, 3000
_HORIZON = 60
#: Who ordered within so many days is asked about: who is long gone is no riddle.
_ACTIVE = 90
_RESAMPLES = 400

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Customers as of a day: figures of orders, of conversations, and whether they then stayed away."""

    orders: Floats
    dialogue: Floats
    gone: Floats


def measure(quick: bool) -> Part:
    """Give figures of the world in which feelings matter, and the gain in the one in which they do not.

    `dialogue_ablation_auc_gain` has beside it the bounds of 95 % by bootstrap over customers (`…_low`, `…_high`), and
    the same of the null world (`…_null_…`).
    """
    customers = _CUSTOMERS_QUICK if quick else _CUSTOMERS
    with_feelings = _gain(customers, feelings_matter=True)
    without = _gain(customers, feelings_matter=False)
    key = "dialogue_ablation_auc"
    figures = {key: with_feelings[1]}
    for name, gain in ((f"{key}_gain", with_feelings), (f"{key}_null_gain", without)):
        figures |= {name: gain[2], f"{name}_low": gain[3], f"{name}_high": gain[4]}
    return Part(
        figures=figures,
        baselines={"without dialogue": {key: with_feelings[0]}},
        sizes={"simulated_customers": customers},
    )


def _gain(customers: int, *, feelings_matter: bool) -> tuple[float, float, float, float, float]:
    """Give (AUC without, AUC with, gain, low, high)."""
    with open_workspace() as shop:
        simulate(shop, customers=customers, seed=7, feelings_matter=feelings_matter)
        visits = visits_of(shop, (START + timedelta(days=DAYS)).replace(tzinfo=UTC), "UTC")
        test = (START + timedelta(days=DAYS - _HORIZON)).replace(tzinfo=UTC)
        asked = _asked(shop, visits, test)
        lessons = [_asked(shop, visits, test - timedelta(days=_HORIZON + 20 * number)) for number in range(5)]
    without = _scores(lessons, asked, dialogue=False)
    beside = _scores(lessons, asked, dialogue=True)
    low, high = _bounds(without, beside, asked.gone)
    plain, more = auc(without, asked.gone), auc(beside, asked.gone)
    return plain, more, more - plain, low, high


def _asked(shop: duckdb.DuckDBPyConnection, visits: Visits, moment: datetime) -> _Asked:
    day = as_day(moment)
    known = visits.until(day)
    asked = day - known.last() <= _ACTIVE
    orders = np.nan_to_num(np.log1p(np.maximum(visit_figures(known, day)[0], 0)), nan=-1.0)
    table = dialogue_features(shop, moment)
    place = {customer: at for at, customer in enumerate(visits.customers)}
    rows = np.array([place[customer] for customer in table.column("customer_id").to_pylist()], dtype=np.int64)
    dialogue = np.zeros((len(visits.customers), len(DIALOGUE) + 1))
    for at, name in enumerate(DIALOGUE):
        dialogue[rows, at] = np.nan_to_num(np.asarray(table.column(name).to_numpy(), dtype=np.float64))
    dialogue[rows, -1] = 1.0  # somebody who spoke at all
    gone = visits.next_after(day) > _HORIZON
    return _Asked(orders[asked], dialogue[asked], gone[asked].astype(np.float64))


def _scores(lessons: list[_Asked], asked: _Asked, *, dialogue: bool) -> Floats:
    def figures(one: _Asked) -> Floats:
        return np.hstack([one.orders, one.dialogue]) if dialogue else one.orders

    oldest_first = lessons[::-1]
    learned = np.vstack([figures(one) for one in oldest_first])
    gone = np.concatenate([one.gone for one in oldest_first])
    return fit_answers(learned, gone).chances(figures(asked))


def _bounds(without: Floats, beside: Floats, gone: Floats) -> tuple[float, float]:
    random = np.random.default_rng(0)
    gains = []
    for _ in range(_RESAMPLES):
        drawn = random.integers(0, len(gone), len(gone))
        gains.append(auc(beside[drawn], gone[drawn]) - auc(without[drawn], gone[drawn]))
    low, high = np.quantile(gains, [0.025, 0.975]).tolist()
    return low, high
