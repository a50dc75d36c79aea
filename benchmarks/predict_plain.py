"""Plain models to hold predictions against: logistic regression and boosting as a textbook has them."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from analytics.prediction.boosting import fit_boosted
from analytics.prediction.expected import Expected
from analytics.prediction.history import Floats, History
from analytics.prediction.learning import LEAST_PAST
from analytics.prediction.regression import fit_regression
from analytics.prediction.signals import PLAIN, signals_of

_STEP = 14
#: LightGBM as it comes, but for a slower pace.
_USUAL = {"num_leaves": 31, "learning_rate": 0.05, "min_child_samples": 20, "feature_fraction": 1.0,
          "bagging_fraction": 1.0, "bagging_freq": 0, "lambda_l2": 0.0}  # fmt: skip


def plain_models(history: History, day: int, horizon: int) -> dict[str, Expected]:
    """Train on recency, frequency, money, tenure, basket and windows as of all earlier days two weeks apart.

    Every lesson looks the whole horizon ahead and was over before `day`.
    """
    lessons = [
        _lesson(history, start, horizon) for start in range(day - horizon, history.first_day + LEAST_PAST - 1, -_STEP)
    ]
    matrix, orders, value = (np.concatenate(column) for column in zip(*lessons, strict=True))
    gone = np.where(orders == 0, 1.0, 0.0)
    mean = float(value.mean())
    now, _, _ = _lesson(history, day, 1)
    trees = [
        fit_boosted("binary", matrix, gone, settings=_USUAL),
        fit_boosted("poisson", matrix, orders, settings=_USUAL),
        fit_boosted("tweedie", matrix, value / mean, settings=_USUAL),
    ]
    lines = [
        fit_regression("logistic", matrix, gone),
        fit_regression("poisson", matrix, orders),
        fit_regression("poisson", matrix, value / mean),
    ]
    return {
        name: Expected(
            churn=expit(models[0].linear(now)),
            orders=np.exp(models[1].linear(now)),
            value=np.exp(models[2].linear(now)) * mean,
        )
        for name, models in (("boosting", trees), ("logistic", lines))
    }


def _lesson(history: History, day: int, horizon: int) -> tuple[Floats, Floats, Floats]:
    summary = history.summary(day)
    orders, value = (truth[summary.customer] for truth in history.bought_within(day, horizon))
    return signals_of(history, summary, day).of(PLAIN).matrix, orders, value
