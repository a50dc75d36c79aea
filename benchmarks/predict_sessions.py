"""`rapport bench predict`, purchase intent of a session: a public set, learned on earlier months, tested on later ones.

Each of October, November and December is foretold from the months before it, as a shop that learns anew would.

What the set cannot do: it tells of whole sessions, not of a moment within one, knows no cart, no hour and no customer,
and has no order within a month. `PageValues` is worked out by an analytics tool that saw which pages purchases
followed, so the model goes without it; what it would add is measured beside.
"""

from __future__ import annotations

import csv

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from analytics.prediction.measures import auc, calibration_error, log_loss
from analytics.prediction.session_intent import SessionFigures, learn_intent, session_chances
from benchmarks.parts import Part
from rapport.paths import PROJECT

Floats = NDArray[np.float64]
_FILE = PROJECT.parent / "shared" / "data" / "online_shoppers" / "online_shoppers_intention.csv"
_MONTHS = ("Feb", "Mar", "May", "June", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TESTED = _MONTHS[7:]
_TREES = {"objective": "binary", "num_leaves": 7, "learning_rate": 0.05, "min_data_in_leaf": 50, "num_threads": 1,
          "deterministic": True, "seed": 0, "verbose": -1}  # fmt: skip


def measure() -> list[Part]:
    """Measure the served model, its prior alone, and what purchases seen would add; nothing where data are absent.

    AUC is the mean of the months by their sessions: levels differ from month to month, and sessions of one month are
    what a shop has to tell apart.
    """
    if not _FILE.is_file():
        return []
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sessions = [_session(row) for row in rows]
    bought = np.array([row["Revenue"] == "TRUE" for row in rows], dtype=np.float64)
    month = np.array([_MONTHS.index(row["Month"]) for row in rows])
    values = np.array([float(row["PageValues"]) for row in rows])
    wide = np.column_stack([values, *_columns(sessions)])
    chance, average, with_values = np.zeros(len(rows)), np.zeros(len(rows)), np.zeros(len(rows))
    for tested in (_MONTHS.index(name) for name in _TESTED):
        now, before = month == tested, month < tested
        model = learn_intent([(sessions[at], bool(bought[at])) for at in np.flatnonzero(before)])
        chance[now] = session_chances([sessions[at] for at in np.flatnonzero(now)], model)
        average[now] = bought[before].mean()
        trees = lgb.train(_TREES, lgb.Dataset(wide[before], bought[before]), 150)
        with_values[now] = np.asarray(trees.predict(wide[now], num_threads=1))
    later = month >= _MONTHS.index(_TESTED[0])
    truth = bought[later]
    prior = session_chances(sessions, learn_intent(()))
    pages = np.array([float(one.product_pages + one.other_pages) for one in sessions])
    key = "session_intent_auc"

    def by_month(score: Floats) -> float:
        parts = [month == _MONTHS.index(name) for name in _TESTED]
        return sum(float(part.sum()) * auc(score[part], bought[part]) for part in parts) / float(later.sum())

    return [
        Part(
            figures={
                key: by_month(chance),
                **_quality("session_intent", chance[later], truth),
                "session_intent_with_page_values_auc": by_month(with_values),
            },
            baselines={
                "pages seen": {key: by_month(pages)},
                "prior weights": {key: by_month(prior)},
                "average": {key: 0.5, **_quality("session_intent", average[later], truth)},
            },
            sizes={"session_intent_tested": int(later.sum())},
        )
    ]


def _session(row: dict[str, str]) -> SessionFigures:
    seconds = sum(float(row[name]) for name in row if name.endswith("_Duration"))
    return SessionFigures(
        product_pages=int(row["ProductRelated"]),
        other_pages=int(row["Administrative"]) + int(row["Informational"]),
        minutes=seconds / 60,
        returning=row["VisitorType"] == "Returning_Visitor",
        weekend=row["Weekend"] == "TRUE",
    )


def _columns(sessions: list[SessionFigures]) -> list[Floats]:
    names = ("product_pages", "other_pages", "minutes", "returning", "weekend")
    return [np.array([float(getattr(one, name)) for one in sessions]) for name in names]


def _quality(prefix: str, chance: Floats, truth: Floats) -> dict[str, float]:
    return {
        f"{prefix}_log_loss": log_loss(chance, truth),
        f"{prefix}_ece": calibration_error(chance, truth),
    }
