"""How a message feels, -1 (furious) to 1 (delighted): how good or bad its tone is, times how surely it feels at all.

One linear head alone confuses what is told with how it is told: "how do I get a refund" has bad words and no bad mood.
So a second head says whether a message carries a feeling; calm shop talk is multiplied towards 0.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from language.encoder import DIMENSIONS
from language.insult import insult
from language.manner import MANNERS, manner
from language.tone import ToneHead

Label = Literal["angry", "negative", "neutral", "positive"]
Features = npt.NDArray[np.float64]

#: VADER's figures in the order the heads know them; they follow the 384 of the embedding, and `MANNERS` follow them.
VADER_KEYS = ("compound", "pos", "neg", "neu")
#: Figures of one message, see `features`.
FIGURES = DIMENSIONS + len(VADER_KEYS) + len(MANNERS)
HEAD_FILE = Path(__file__).with_name("sentiment_head.json")

#: Below it a customer is answered with an apology and help, and no offer is made in that turn.
NEGATIVE_BELOW = -0.3
#: Below it she is angry. Chosen between mild complaints and rage in shop_sentences.csv.
ANGRY_BELOW = -0.6
POSITIVE_ABOVE = 0.3
#: Who calls us names is angry, however kindly the rest is worded ("recommend me something, you idiots").
INSULT_AT_MOST = -0.65


class HeadError(RuntimeError):
    """The file of the sentiment head is damaged or of another shape; `python -m language.train_sentiment` makes it."""


@dataclass(frozen=True)
class LinearHead:
    """weights · (embedding, VADER, manner) + bias."""

    weights: Features
    bias: float

    def __post_init__(self) -> None:
        if self.weights.shape != (FIGURES,):
            raise HeadError(f"The sentiment head has {self.weights.size} weights, expected {FIGURES}. Train it anew.")

    def __call__(self, seen: Features) -> float:
        """Give the head's figure of one message's features."""
        return float(seen @ self.weights) + self.bias

    def document(self) -> dict[str, Any]:
        """Give the head for a JSON file."""
        return {"bias": round(self.bias, 4), "weights_e4": [round(weight * 10_000) for weight in self.weights.tolist()]}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> LinearHead:
        """Read one head (`weights_e4` are whole ten-thousandths)."""
        return cls(np.asarray(document["weights_e4"], dtype=np.float64) / 10_000, float(document["bias"]))


@dataclass(frozen=True)
class SentimentHead:
    """`tone`: how good or bad, -1 to 1; `feeling`: logarithm of the odds that a feeling is shown at all."""

    tone: ToneHead
    feeling: LinearHead

    def __call__(self, seen: Features) -> float:
        """Give tone times the probability of a feeling, in [-1, 1]."""
        tone = float(self.tone(seen[None, :])[0])
        return max(-1.0, min(1.0, tone)) * 0.5 * (1 + math.tanh(self.feeling(seen) / 2))

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> SentimentHead:
        """Read both heads from their JSON document.

        Raises
        ------
        HeadError : something is missing, no number, or of another shape.
        """
        try:
            tone = ToneHead.from_document(document["tone"], FIGURES)
            return cls(tone, LinearHead.from_document(document["feeling"]))
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
        float in [-1, 1], rounded to thousandths; 0 is neither glad nor cross. An insult is never above -0.65.
        """
        felt = self._head(features(text, embedding, self._vader))
        return round(min(felt, INSULT_AT_MOST) if insult(text) else felt, 3)


def features(text: str, embedding: npt.NDArray[np.float32], vader: SentimentIntensityAnalyzer) -> Features:
    """Give what the heads see of one message: its embedding, VADER's four figures, its manner; shape (398,)."""
    figures = vader.polarity_scores(text)
    return np.concatenate([embedding.astype(np.float64), [figures[key] for key in VADER_KEYS], manner(text)])


def label(score: float) -> Label:
    """Name a score: angry below -0.6, negative below -0.3, positive above 0.3, else neutral."""
    if score < ANGRY_BELOW:
        return "angry"
    if score < NEGATIVE_BELOW:
        return "negative"
    return "positive" if score > POSITIVE_ABOVE else "neutral"
