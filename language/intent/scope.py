"""Whether a message is about anything we know: several weak signs, weighed by a trained logistic regression.

A softmax must choose, so a question from elsewhere can be sure of itself. The signs look at it from other sides. Their
weights are learnt on sentences the classifier never saw: the examples, each scored without its fold, against whole
intents, each scored without any of its own examples, and the given examples of what is out of scope.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

#: Cosine that hides an example.
NO_EXAMPLE = -1.0
#: Share of the messages in scope that may be taken for strangers.
REJECTED = 0.04
_NEAR = 5
#: Voice of left-out intents beside given examples of what is out of scope: they are stranger than most real messages
#: in scope, yet of the same trade.
_STRANGERS = 0.2


@dataclass(frozen=True)
class ScopeJudge:
    """A logistic regression on the signs: scope = sigmoid(signs · weights + bias), 0.5 at the chosen bound."""

    weights: Matrix
    bias: float

    def scope(self, evidence: Matrix) -> Matrix:
        """Judge messages by their signs, (m, signs): (m,) 0..1."""
        chances: Matrix = 1 / (1 + np.exp(-np.clip(evidence @ self.weights + self.bias, -50, 50)))
        return chances

    @classmethod
    def learn(cls, known: Matrix, beyond: Matrix, strange: Matrix) -> ScopeJudge:
        """Weigh the signs, then put the bound where `REJECTED` of `known` fall below it.

        Parameters
        ----------
        known : signs of examples in scope. beyond : of given examples out of scope, maybe none. strange : of left-out
            intents.
        """
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  only training pays for the import

        evidence = np.concatenate([known, beyond, strange])
        voices = np.concatenate([_voices(known, 1.0), _voices(beyond, 1.0), _voices(strange, _STRANGERS)])
        middle, spread = evidence.mean(axis=0), evidence.std(axis=0) + 1e-9
        learner = LogisticRegression(max_iter=1000)
        right = np.arange(len(evidence)) < len(known)
        learner.fit((evidence - middle) / spread, right, sample_weight=voices * len(voices) / voices.sum())
        weights = learner.coef_[0] / spread
        return cls(weights, -float(np.quantile(known @ weights, REJECTED)))

    def as_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Give everything as arrays for `numpy.savez`."""
        return {"scope_weights": self.weights, "scope_bias": np.array(self.bias)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> ScopeJudge:
        """Read what `as_arrays` gave."""
        return cls(arrays["scope_weights"], float(arrays["scope_bias"]))


def signs(scores: npt.NDArray[Any], cosines: npt.NDArray[Any], codes: Codes, beyond: int) -> Matrix:
    """Measure the signs of messages.

    Parameters
    ----------
    scores : (m, labels), -inf for a label that is not known. cosines : (m, n) to the n examples, `NO_EXAMPLE` for one
        that is not known. codes : (n,) labels of the examples.
    beyond : label that stands for out of scope, -1 where there is none.

    Returns
    -------
    (m, 7): best score; its lead over the second; its lead over `beyond`; cosine to the nearest example, to the nearest
    of the best label, mean of the five nearest; lead of the nearest in scope over the nearest out of scope.
    """
    within = codes != beyond
    known = scores.astype(np.float64)
    outer, outside = _beyond(known, cosines, within, beyond)
    best = known.argmax(axis=1)
    first, second = -np.partition(-known, 1, axis=1)[:, :2].T
    inside = np.where(within, cosines, NO_EXAMPLE)
    near = -np.partition(-inside, min(_NEAR, inside.shape[1]) - 1, axis=1)[:, :_NEAR]
    nearest = near.max(axis=1)
    of_best = np.where(codes == best[:, None], inside, NO_EXAMPLE).max(axis=1)
    lead = first - np.maximum(second, -1.5)  # a single label in scope has no second
    return np.column_stack([first, lead, first - outer, nearest, of_best, near.mean(axis=1), nearest - outside])


def _beyond(
    known: Matrix, cosines: npt.NDArray[Any], within: npt.NDArray[np.bool_], beyond: int
) -> tuple[Matrix, Matrix]:
    """Take the label out of scope out of the scores; give its score and its nearest example (0 where there is none)."""
    if beyond < 0:
        return np.zeros(len(known)), np.zeros(len(known))
    outer = known[:, beyond].copy()
    known[:, beyond] = -np.inf
    return outer, cosines[:, ~within].max(axis=1)


def _voices(signs_of: Matrix, voice: float) -> Matrix:
    return np.full(len(signs_of), voice / max(1, len(signs_of)))
