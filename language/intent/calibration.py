"""Confidences that mean what they say: of a hundred messages at 0.8, eighty are understood rightly."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]

#: Temperatures tried, from very sure to four times less sure than the raw scores, in steps of 3 %.
_TEMPERATURES = np.exp(np.arange(np.log(0.02), np.log(4.0), 0.03))


def softmax(scores: npt.NDArray[Any]) -> Matrix:
    """Turn scores into probabilities, row by row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True), dtype=np.float64)
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares


def log_loss(scores: npt.NDArray[Any], codes: npt.NDArray[np.int64]) -> float:
    """Mean negative log-probability of the right labels; `codes` are their columns."""
    chances = softmax(scores)[np.arange(len(codes)), codes]
    return float(-np.log(np.maximum(chances, 1e-12)).mean())


def best_temperature(scores: npt.NDArray[Any], codes: npt.NDArray[np.int64]) -> float:
    """Choose what left-out scores are divided by before the softmax: the least log-loss wins."""
    return min((log_loss(scores / temperature, codes), float(temperature)) for temperature in _TEMPERATURES)[1]


def calibration_error(confidences: npt.NDArray[Any], right: npt.NDArray[np.bool_], bins: int = 15) -> float:
    """Expected calibration error: the gap between confidence and share of right answers, over bins of equal width.

    Parameters
    ----------
    confidences : (n,) of the best label, 0..1. right : (n,) whether it was.
    """
    places = np.minimum((confidences * bins).astype(np.int64), bins - 1)
    sums = np.bincount(places, weights=confidences - right, minlength=bins)
    return float(np.abs(sums).sum() / len(confidences))
