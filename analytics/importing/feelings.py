"""How texts from elsewhere feel, by the same model that reads messages; the model is opened when the first comes."""

from __future__ import annotations

from collections.abc import Sequence

from language.encoder import SentenceEncoder
from language.sentiment import Sentiment
from language.tongue import tongue


class Feelings:
    """Scores texts."""

    def __init__(self) -> None:
        self._models: tuple[SentenceEncoder, Sentiment] | None = None

    def __call__(self, texts: Sequence[str]) -> list[float | None]:
        """Give each text's sentiment, -1 to 1; None for an empty one and for another language than English."""
        if self._models is None and any(texts):
            self._models = SentenceEncoder.load(remembered=0), Sentiment.load()
        return [self._score(text) for text in texts]

    def _score(self, text: str) -> float | None:
        if self._models is None or not text.strip() or tongue(text) is not None:
            return None
        encoder, sentiment = self._models
        return sentiment.score(text, encoder.encode([text])[0])
