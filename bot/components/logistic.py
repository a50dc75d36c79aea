"""Multinomial logistic regression whose confidences mean what they say.

Rasa's own classifier fixes C at 1, which on unit-length embeddings gives a mean top confidence of 0.36 where 0.88 of
the answers are right. Here C is chosen, and one temperature is fitted, on sentences each fold did not see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]

#: Temperatures tried: from twice as sure to four times less sure than the raw model, in steps of 3 %.
_TEMPERATURES = np.exp(np.arange(np.log(0.25), np.log(4.0), 0.03))
_FOLDS = 5


class TooFewExamplesError(ValueError):
    """There are not enough labelled sentences to train on; the message says which."""


@dataclass(frozen=True)
class IntentModel:
    """A trained classifier: confidences = softmax((x · weights + bias) / temperature).

    `weights` is (dimensions, labels), `bias` (labels,), `labels` sorted names.
    """

    labels: tuple[str, ...]
    weights: Matrix
    bias: Matrix
    temperature: float

    def confidences(self, vectors: npt.NDArray[Any]) -> Matrix:
        """Give the confidence of each label per row: (n, labels), each row sums to 1."""
        return softmax((vectors @ self.weights + self.bias) / self.temperature)

    def as_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Give everything as arrays for `numpy.savez`; no pickle is involved."""
        return {
            "labels": np.array(self.labels, dtype=np.str_),
            "weights": self.weights.astype(np.float32),
            "bias": self.bias,
            "temperature": np.array(self.temperature),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> IntentModel:
        """Read what `as_arrays` gave."""
        return cls(
            labels=tuple(str(label) for label in arrays["labels"]),
            weights=arrays["weights"].astype(np.float64),
            bias=arrays["bias"].astype(np.float64),
            temperature=float(arrays["temperature"]),
        )


def train(vectors: Matrix, labels: Sequence[str], c_grid: Sequence[float], seed: int = 42) -> IntentModel:
    """Fit the classifier, choosing C and temperature on left-out folds.

    Parameters
    ----------
    vectors : (n, dimensions), one embedding per sentence.
    labels : n intent names.
    c_grid : inverse regularisation strengths to choose from, each > 0.
    seed : of the folds; the same data and seed give the same model.

    Raises
    ------
    TooFewExamplesError : fewer than two labels, or a label with a single sentence.
    """
    names, codes = np.unique(np.asarray(labels), return_inverse=True)
    counts = np.bincount(codes)
    if len(names) < 2:
        raise TooFewExamplesError("At least two intents are needed to train a classifier.")
    if counts.min() < 2:
        raise TooFewExamplesError(f"Intent {str(names[counts.argmin()])!r} has one example; give it at least two.")
    trials = [(*_best_temperature(_left_out_scores(vectors, codes, c, seed), codes), c) for c in c_grid]
    _, temperature, best_c = min(trials)
    weights, bias = _fit(vectors, codes, best_c)
    return IntentModel(tuple(str(name) for name in names), weights, bias, temperature)


def softmax(scores: Matrix) -> Matrix:
    """Turn scores into probabilities, row by row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares


def log_loss(scores: Matrix, codes: npt.NDArray[np.int64]) -> float:
    """Mean negative log-probability of the right labels."""
    chances = softmax(scores)[np.arange(len(codes)), codes]
    return float(-np.log(np.maximum(chances, 1e-12)).mean())


def _left_out_scores(vectors: Matrix, codes: npt.NDArray[np.int64], c: float, seed: int) -> Matrix:
    from sklearn.model_selection import StratifiedKFold  # noqa: PLC0415  only training pays for the import

    folds = StratifiedKFold(n_splits=min(_FOLDS, int(np.bincount(codes).min())), shuffle=True, random_state=seed)
    scores = np.zeros((len(codes), codes.max() + 1))
    for seen, unseen in folds.split(vectors, codes):
        weights, bias = _fit(vectors[seen], codes[seen], c)
        scores[unseen] = vectors[unseen] @ weights + bias
    return scores


def _best_temperature(scores: Matrix, codes: npt.NDArray[np.int64]) -> tuple[float, float]:
    losses = [(log_loss(scores / temperature, codes), float(temperature)) for temperature in _TEMPERATURES]
    return min(losses)


def _fit(vectors: Matrix, codes: npt.NDArray[np.int64], c: float) -> tuple[Matrix, Matrix]:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    # Balanced: an intent with forty examples is not asked for less than one with two hundred.
    model = LogisticRegression(C=c, class_weight="balanced", max_iter=300).fit(vectors, codes)
    if model.coef_.shape[0] > 1:
        return model.coef_.T.astype(np.float64), model.intercept_.astype(np.float64)
    # Two labels: scikit-learn gives one column, the score of the second against the first.
    half, bias = model.coef_[0] / 2, model.intercept_[0] / 2
    return np.column_stack([-half, half]), np.array([-bias, bias])
