"""How good or bad a message sounds: a regression on its likeness to landmarks, sentences that stand for all others.

A plane through the sentence vectors misses that the same word is praise here and blame there. A kernel regression does
not, and a thousand landmarks do nearly as well as all twenty thousand sentences (Nyström; Williams and Seeger, "Using
the Nyström method to speed up kernel machines", 2001).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from language.encoder import DIMENSIONS
from language.regression import Matrix, ridge

#: What a difference in VADER's four figures, and in manner, counts beside one in the sentence vector.
VADER_SCALE = 0.3
MANNER_SCALE = 0.2
_VADER_FIGURES = 4
_LEAST_EIGENVALUE = 1e-5


class ToneError(ValueError):
    """The landmarks have another shape than the figures of a message."""


@dataclass(frozen=True)
class ToneHead:
    """Sum of weights · exp(-sharpness · distance²) over the landmarks, + bias.

    `landmarks` (m, d) whole numbers, `step` what one of them stands for; `weights` (m,).
    """

    landmarks: npt.NDArray[np.int8]
    step: float
    sharpness: float
    weights: Matrix
    bias: float

    def __post_init__(self) -> None:
        if self.landmarks.ndim != 2 or len(self.landmarks) != len(self.weights):
            raise ToneError(f"{self.landmarks.shape} landmarks do not fit {len(self.weights)} weights")
        places = (self.landmarks * np.float32(self.step)).astype(np.float32)
        object.__setattr__(self, "_places", places)
        object.__setattr__(self, "_lengths", (places**2).sum(axis=1))

    def __call__(self, seen: Matrix) -> Matrix:
        """Give the tone of messages, (n, d) figures as `sentiment.features` gives them: (n,), about -1 to 1."""
        return self.likeness(seen) @ self.weights + self.bias

    def likeness(self, seen: Matrix) -> Matrix:
        """Give the likeness of messages to each landmark: (n, m), 0 to 1."""
        here = scaled(seen).astype(np.float32)
        places: npt.NDArray[np.float32] = self._places  # type: ignore[attr-defined]
        apart = (here**2).sum(axis=1)[:, None] + self._lengths[None, :] - 2 * here @ places.T  # type: ignore[attr-defined]
        like: Matrix = np.exp(-self.sharpness * np.maximum(apart, 0)).astype(np.float64)
        return like

    def document(self) -> dict[str, Any]:
        """Give the head for a JSON file."""
        return {
            "landmarks": base64.b85encode(self.landmarks.tobytes()).decode(),
            "step": self.step,
            "sharpness": self.sharpness,
            "bias": round(self.bias, 4),
            "weights_e4": [round(weight * 10_000) for weight in self.weights.tolist()],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any], figures: int) -> ToneHead:
        """Read what `document` gave; `figures` is the number of figures of a message.

        Raises
        ------
        KeyError, TypeError, ValueError : something is missing, no number, or of another shape.
        """
        weights = np.asarray(document["weights_e4"], dtype=np.float64) / 10_000
        whole = np.frombuffer(base64.b85decode(document["landmarks"]), dtype=np.int8)
        landmarks = whole.reshape(len(weights), figures)
        return cls(landmarks, float(document["step"]), float(document["sharpness"]), weights, float(document["bias"]))


def scaled(seen: Matrix) -> Matrix:
    """Weigh the three kinds of figures of messages, (n, d), against each other."""
    vader = DIMENSIONS + _VADER_FIGURES
    parts = [seen[:, :DIMENSIONS], VADER_SCALE * seen[:, DIMENSIONS:vader], MANNER_SCALE * seen[:, vader:]]
    return np.hstack(parts)


@dataclass(frozen=True)
class ToneSettings:
    """`landmarks` how many at most; `sharpness` how fast likeness falls; `strength` of the ridge, in voices."""

    landmarks: int
    sharpness: float
    strength: float
    seed: int = 11


def fit_tone(seen: Matrix, ratings: Matrix, voice: Matrix, settings: ToneSettings) -> ToneHead:
    """Choose landmarks at random, by voice, and solve the regression on the likeness to them.

    Parameters
    ----------
    seen : (n, d) figures of messages; ratings, voice : (n,), voice > 0.
    """
    pick = np.random.default_rng(settings.seed)
    chosen = pick.choice(len(seen), min(settings.landmarks, len(seen)), replace=False, p=voice / voice.sum())
    places = scaled(seen[np.sort(chosen)])
    step = float(np.abs(places).max()) / 127
    landmarks = np.round(places / step).astype(np.int8)
    bare = ToneHead(landmarks, step, settings.sharpness, np.zeros(len(landmarks)), 0.0)
    among = np.exp(-settings.sharpness * _squared_distances(landmarks.astype(np.float64) * step))
    directions, sizes, _ = np.linalg.svd(among + _LEAST_EIGENVALUE * np.eye(len(among)))
    whitened = directions / np.sqrt(sizes)
    weights, bias = ridge(bare.likeness(seen) @ whitened, ratings, voice, settings.strength)
    return ToneHead(landmarks, step, settings.sharpness, whitened @ weights, bias)


def _squared_distances(places: Matrix) -> Matrix:
    lengths = (places**2).sum(axis=1)
    apart: Matrix = np.maximum(lengths[:, None] + lengths[None, :] - 2 * places @ places.T, 0)
    return apart
