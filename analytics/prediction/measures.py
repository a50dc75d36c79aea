"""How good predictions were, once the horizon is over."""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

from analytics.prediction.expected import Expected
from analytics.prediction.history import Floats

#: Customers with the highest predicted value: a tenth.
TOP_SHARE = 0.1
_BINS = 10


def measure(expected: Expected, orders: Floats, value: Floats) -> dict[str, float]:
    """Hold predictions against what came.

    Parameters
    ----------
    expected : predictions of at least one customer.
    orders, value : purchase days and money of the same customers within the horizon.

    Returns
    -------
    dict
        churn_auc (nan where all or none left), churn_brier, churn_ece, orders_mae, orders_bias (predicted sum over true
        sum, less 1), value_mae, value_bias, value_capture (share of the true value that the tenth with the highest
        predicted value has).
    """
    gone = (orders == 0).astype(np.float64)
    return {
        "churn_auc": auc(expected.churn, gone),
        "churn_brier": float(np.mean((expected.churn - gone) ** 2)),
        "churn_ece": calibration_error(expected.churn, gone),
        "orders_mae": float(np.mean(np.abs(expected.orders - orders))),
        "orders_bias": bias(expected.orders, orders),
        "value_mae": float(np.mean(np.abs(expected.value - value))),
        "value_bias": bias(expected.value, value),
        "value_capture": capture(expected.value, value),
    }


def auc(score: Floats, truth: Floats) -> float:
    """Give the chance that of two customers the one with truth 1 has the higher score; equal scores count half."""
    ones = float(truth.sum())
    zeros = len(truth) - ones
    if ones == 0 or zeros == 0:
        return float("nan")
    return float((rankdata(score)[truth == 1].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def average_precision(score: Floats, truth: Floats) -> float:
    """Give the area under precision over recall, as the mean precision at each one found; nan where there is none."""
    ones = float(truth.sum())
    if ones == 0:
        return float("nan")
    found = truth[np.argsort(-score, kind="stable")]
    precision = np.cumsum(found) / np.arange(1, len(found) + 1)
    return float(precision @ found) / ones


def log_loss(chance: Floats, truth: Floats) -> float:
    """Give the mean of -log(what was said of what came true); chances are kept 1e-5 from 0 and 1."""
    inside = np.clip(chance, 1e-5, 1 - 1e-5)
    return float(-(truth * np.log(inside) + (1 - truth) * np.log(1 - inside)).mean())


def bias(predicted: Floats, truth: Floats) -> float:
    """Give how much too much was predicted in all, as a share of the truth; nan where the truth is nothing."""
    total = float(truth.sum())
    return float(predicted.sum()) / total - 1 if total else float("nan")


def capture(predicted: Floats, truth: Floats, share: float = TOP_SHARE) -> float:
    """Give the share of the true sum that those with the highest predictions have; nan where there is none."""
    total = float(truth.sum())
    many = max(1, round(len(truth) * share))
    return float(truth[np.argsort(-predicted, kind="stable")[:many]].sum()) / total if total else float("nan")


def calibration_error(probability: Floats, truth: Floats, bins: int = _BINS) -> float:
    """Give the expected calibration error over bins of equally many customers, 0..1."""
    return sum(many * abs(said - was) for said, was, many in calibration_curve(probability, truth, bins)) / len(truth)


def calibration_curve(probability: Floats, truth: Floats, bins: int = _BINS) -> list[list[float]]:
    """Give [mean predicted, share that came true, customers] of bins of equally many customers, lowest first."""
    order = np.argsort(probability, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return [[float(probability[part].mean()), float(truth[part].mean()), float(len(part))] for part in parts]


def gain_curve(score: Floats, truth: Floats, points: int = 20) -> list[list[float]]:
    """Give [share of customers, share of the truth among them], those with the highest scores first."""
    total = float(truth.sum())
    if total == 0:
        return []
    reached = np.append(0.0, np.cumsum(truth[np.argsort(-score, kind="stable")])) / total
    shares = np.linspace(0, 1, points + 1)
    return [[float(share), float(reached[round(share * len(truth))])] for share in shares]
