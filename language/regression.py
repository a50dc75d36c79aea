"""Weighted ridge regression, plain and logistic: all that the sentiment heads are trained with."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]

#: Newton's steps of `logistic`; ten are enough for ten digits on the sets at hand.
_STEPS = 25
#: A sentence that is certain still counts a little: without it a step could divide by zero.
_LEAST_WEIGHT = 1e-5


def ridge(seen: Matrix, ratings: Matrix, voice: Matrix, strength: float) -> tuple[Matrix, float]:
    """Solve weighted ridge regression with an unpenalised bias.

    Parameters
    ----------
    seen : (n, d); ratings, voice : (n,), voice > 0; strength : >= 0, in sentences' voices.

    Returns
    -------
    Weights (d,) and bias.
    """
    share = voice / voice.sum()
    centre, middle = share @ seen, float(share @ ratings)
    left = seen - centre
    gram = left.T @ (left * voice[:, None]) + strength * np.eye(seen.shape[1])
    weights: Matrix = np.linalg.solve(gram, left.T @ (voice * (ratings - middle)))
    return weights, middle - float(centre @ weights)


def logistic(seen: Matrix, true: npt.NDArray[np.bool_], voice: Matrix, strength: float) -> tuple[Matrix, float]:
    """Solve weighted logistic regression with an unpenalised bias, by Newton's steps: one ridge regression each.

    Parameters
    ----------
    seen : (n, d); true, voice : (n,), voice > 0; strength : > 0, in sentences' voices.

    Returns
    -------
    Weights (d,) and bias; `sigmoid(seen @ weights + bias)` is the probability of true.
    """
    weights, bias = np.zeros(seen.shape[1]), 0.0
    for _ in range(_STEPS):
        odds = seen @ weights + bias
        chance = sigmoid(odds)
        doubt = np.maximum(chance * (1 - chance), _LEAST_WEIGHT)
        weights, bias = ridge(seen, odds + (true - chance) / doubt, voice * doubt, strength)
    return weights, bias


def sigmoid(odds: Matrix) -> Matrix:
    """Turn logarithms of odds into probabilities, without overflow."""
    return 0.5 * (1 + np.tanh(odds / 2))
