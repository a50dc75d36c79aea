"""Logistic and Poisson regression, ridge-penalised, by Newton's method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from analytics.prediction.history import Floats

Kind = Literal["logistic", "poisson"]

#: Weight of the penalty: so much a row, and so much in all, which holds small shops near the mean.
_PER_ROW, _IN_ALL = 0.004, 20.0
#: Standardised signals beyond this are cut: an outlier must not carry a coefficient.
_CUT = 3.0
_STEPS = 25
#: Linear predictors of counts stay within this.
_FAR = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """Coefficients of standardised signals; missing signals count as the median."""

    kind: Kind
    median: Floats
    mean: Floats
    spread: Floats
    #: The intercept first.
    coefficients: Floats

    def linear(self, matrix: Floats) -> Floats:
        """Give the linear predictor: log odds, or the log of the expected count."""
        rows = _standardised(matrix, self.median, self.mean, self.spread)
        return np.asarray(self.coefficients[0] + rows @ self.coefficients[1:], dtype=np.float64)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give everything that is needed to compute it again."""
        return {name: getattr(self, name) for name in ("median", "mean", "spread", "coefficients")}


def fit_regression(kind: Kind, matrix: Floats, truth: Floats) -> Regression:
    """Fit on rows of signals (nan where missing).

    Parameters
    ----------
    truth : 0 or 1 for "logistic", >= 0 (need not be whole) for "poisson".
    """
    with np.errstate(all="ignore"):
        median = np.nan_to_num(np.nanmedian(np.vstack([matrix, np.zeros(matrix.shape[1])]), axis=0))
    filled = np.where(np.isnan(matrix), median, matrix)
    mean, spread = filled.mean(axis=0), filled.std(axis=0) + 1e-9
    rows = np.column_stack([np.ones(len(truth)), _standardised(matrix, median, mean, spread)])
    penalty = np.full(rows.shape[1], _PER_ROW * len(truth) + _IN_ALL)
    penalty[0] = 1e-6
    coefficients = np.zeros(rows.shape[1])
    level = max(float(truth.mean()), 1e-6)
    coefficients[0] = np.log(level) if kind == "poisson" else np.log(level / max(1 - level, 1e-6))
    for _ in range(_STEPS):
        step = _newton_step(kind, rows, truth, coefficients, penalty)
        coefficients = coefficients + step
        if np.abs(step).max() < 1e-5:
            break
    return Regression(kind=kind, median=median, mean=mean, spread=spread, coefficients=coefficients)


def _newton_step(kind: Kind, rows: Floats, truth: Floats, coefficients: Floats, penalty: Floats) -> Floats:
    linear = np.clip(rows @ coefficients, -_FAR, _FAR)
    expected = np.exp(linear) if kind == "poisson" else expit(linear)
    curve = expected if kind == "poisson" else expected * (1 - expected)
    slope = rows.T @ (truth - expected) - penalty * coefficients
    bend = (rows * np.maximum(curve, 1e-6)[:, None]).T @ rows + np.diag(penalty)
    step = np.linalg.solve(bend, slope)
    # A far step of the exponential overshoots; a bounded one comes there in a few more.
    return np.asarray(step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12)), dtype=np.float64)


def _standardised(matrix: Floats, median: Floats, mean: Floats, spread: Floats) -> Floats:
    filled = np.where(np.isnan(matrix), median, matrix)
    return np.asarray(np.clip((filled - mean) / spread, -_CUT, _CUT), dtype=np.float64)
