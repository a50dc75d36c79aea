"""Logistic regression that starts from what is known elsewhere: a normal prior on its weights, a normal answer.

With no row learned the weights are the prior's; with thousands the rows alone speak. The posterior is approximated by a
normal around its mode (Laplace), which gives every probability a range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from analytics.prediction.visits import Floats

#: Standard deviations on each side that hold four of five cases.
_FOUR_OF_FIVE = 1.2816
_MOST_STEPS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Logistic:
    """Weights, the first of a constant 1, and their covariance."""

    weights: Floats
    covariance: Floats
    #: Rows learned from, and how many of them were answered yes.
    rows: int = 0
    positives: int = 0

    def chance(self, figures: Floats) -> tuple[float, float, float]:
        """Give (low, probability, high) for one row of figures without the constant."""
        row = np.concatenate([[1.0], figures])
        middle = float(row @ self.weights)
        spread = _FOUR_OF_FIVE * float(np.sqrt(max(row @ self.covariance @ row, 0.0)))
        low, value, high = expit(np.array([middle - spread, middle, middle + spread])).tolist()
        return low, value, high

    def chances(self, figures: Floats) -> Floats:
        """Give the probability of each row."""
        return np.asarray(expit(self.weights[0] + figures @ self.weights[1:]), dtype=np.float64)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Give the model as arrays for the registry."""
        counts = np.array([self.rows, self.positives])
        return {"weights": self.weights, "covariance": self.covariance, "counts": counts}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Logistic:
        """Read what `to_arrays` gave."""
        rows, positives = arrays["counts"].tolist()
        return cls(weights=arrays["weights"], covariance=arrays["covariance"], rows=rows, positives=positives)


def fit_logistic(figures: Floats, answers: Floats, mean: Floats, deviation: Floats) -> Logistic:
    """Find the most likely weights by Newton's method.

    Parameters
    ----------
    figures : rows without the constant; finite.
    answers : 0 or 1 for each row; fractions are allowed and count as such.
    mean, deviation : of the normal prior on each weight, that of the constant first; deviation > 0.
    """
    rows = np.column_stack([np.ones(len(figures)), figures])
    precision = np.diag(1 / deviation**2)
    weights = mean.astype(np.float64)
    cost = _cost(rows, answers, weights, mean, precision)
    for _ in range(_MOST_STEPS):
        chance = expit(rows @ weights)
        slope = rows.T @ (chance - answers) + precision @ (weights - mean)
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + precision
        step = np.linalg.solve(curve, slope)
        size = 1.0
        while size > 1e-6 and _cost(rows, answers, weights - size * step, mean, precision) > cost:
            size /= 2
        weights = weights - size * step
        cost = _cost(rows, answers, weights, mean, precision)
        if np.abs(size * step).max() < 1e-8:
            break
    chance = expit(rows @ weights)
    curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + precision
    return Logistic(
        weights=weights, covariance=np.linalg.inv(curve), rows=len(rows), positives=round(float(answers.sum()))
    )


def _cost(rows: Floats, answers: Floats, weights: Floats, mean: Floats, precision: Floats) -> float:
    """Give the negative log posterior, up to a constant."""
    logits = rows @ weights
    away = weights - mean
    return float(np.logaddexp(0, logits).sum() - answers @ logits + 0.5 * away @ precision @ away)
