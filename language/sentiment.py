"""How a message feels, -1 (furious) to 1 (delighted): VADER's rules and the sentence's meaning, in one linear head."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from language.encoder import DIMENSIONS

Label = Literal["angry", "negative", "neutral", "positive"]
Features = npt.NDArray[np.float64]

#: VADER's figures in the order the head knows them; they follow the 384 of the embedding.
VADER_KEYS = ("compound", "pos", "neg", "neu")
HEAD_FILE = Path(__file__).with_name("sentiment_head.json")

#: Below it a customer is answered with an apology and help, and no offer is made in that turn.
NEGATIVE_BELOW = -0.3
#: Below it she is angry. Chosen between mild complaints and rage in shop_sentences.csv.
ANGRY_BELOW = -0.6
POSITIVE_ABOVE = 0.3


class HeadError(RuntimeError):
    """The file of the sentiment head is damaged or of another shape; `python -m language.train_sentiment` makes it."""


@dataclass(frozen=True)
class SentimentHead:
    """A linear head: score = weights · (embedding, VADER) + bias."""

    weights: Features
    bias: float

    def __post_init__(self) -> None:
        expected = DIMENSIONS + len(VADER_KEYS)
        if self.weights.shape != (expected,):
            raise HeadError(f"The sentiment head has {self.weights.size} weights, expected {expected}. Train it anew.")

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> SentimentHead:
        """Read the head from its JSON document (`weights` are stored as whole ten-thousandths)."""
        try:
            weights = np.asarray(document["weights_e4"], dtype=np.float64) / 10_000
            return cls(weights=weights, bias=float(document["bias"]))
        except (KeyError, TypeError, ValueError) as error:
            raise HeadError(f"The sentiment head cannot be read ({error}). Train it anew.") from error


class Sentiment:
    """Scores messages; one object serves a whole process."""

    def __init__(self, head: SentimentHead, vader: SentimentIntensityAnalyzer | None = None) -> None:
        self._head = head
        self._vader = vader or SentimentIntensityAnalyzer()

    @classmethod
    def load(cls, path: Path = HEAD_FILE) -> Sentiment:
        """Open the trained head that comes with the package.

        Raises
        ------
        HeadError : the file is damaged or of another shape.
        """
        return cls(SentimentHead.from_document(json.loads(path.read_text(encoding="utf-8"))))

    def score(self, text: str, embedding: npt.NDArray[np.float32]) -> float:
        """Score one message.

        Parameters
        ----------
        text : as typed; capitals and exclamation marks count.
        embedding : its sentence vector, shape (384,), length 1.

        Returns
        -------
        float in [-1, 1], rounded to thousandths; 0 is neither glad nor cross.
        """
        raw = float(features(text, embedding, self._vader) @ self._head.weights) + self._head.bias
        return round(max(-1.0, min(1.0, raw)), 3)


def features(text: str, embedding: npt.NDArray[np.float32], vader: SentimentIntensityAnalyzer) -> Features:
    """Give what the head sees of one message: its embedding, then VADER's four figures; shape (388,)."""
    figures = vader.polarity_scores(text)
    return np.concatenate([embedding.astype(np.float64), [figures[key] for key in VADER_KEYS]])


def label(score: float) -> Label:
    """Name a score: angry below -0.6, negative below -0.3, positive above 0.3, else neutral."""
    if score < ANGRY_BELOW:
        return "angry"
    if score < NEGATIVE_BELOW:
        return "negative"
    return "positive" if score > POSITIVE_ABOVE else "neutral"
