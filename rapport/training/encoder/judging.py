"""The tuned encoder against the packaged one, on sentences that neither it nor the intent model was trained on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from language.aspects import accuracy, sentences_by_intent
from language.intent.training import train
from language.sentiment import Sentiment
from rapport.training.encoder.split import Split

Vectors = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]

#: Mean cosine of the vectors of the int8 file to those of the float model it was made of; below, the export is bad.
LEAST_PARITY = 0.99
#: Everything that reads moods was learnt from the packaged vectors: on average a mood (-1 to 1) may move by so much.
MOST_MOOD_CHANGE = 0.05
#: So much of the share of aspects that are read rightly may be lost.
MOST_ASPECTS_LOST = 0.01


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What was measured. Shares are 0 to 1.

    `packaged`, `tuned` : held-out sentences whose intent is read rightly. `parity` : mean cosine, see `LEAST_PARITY`.
    `mood_change` : mean change of held-out sentences' moods. `aspects_…` : aspects read rightly.
    """

    held_out: int
    packaged: float
    tuned: float
    parity: float
    mood_change: float
    aspects_packaged: float
    aspects_tuned: float

    @property
    def fault(self) -> str:
        """Why the tuned encoder is not used; empty where it is."""
        if self.parity < LEAST_PARITY:
            return f"the int8 file strays from the float model (cosine {self.parity:.4f}, at least {LEAST_PARITY})"
        if self.tuned <= self.packaged:
            return "it understands no more than the packaged encoder"
        if self.mood_change > MOST_MOOD_CHANGE:
            return f"moods would be read otherwise (by {self.mood_change:.3f} on average, at most {MOST_MOOD_CHANGE})"
        if self.aspects_tuned < self.aspects_packaged - MOST_ASPECTS_LOST:
            return f"aspects are read worse ({self.aspects_tuned:.1%} instead of {self.aspects_packaged:.1%})"
        return ""

    @property
    def figures(self) -> dict[str, float]:
        """The figures, rounded."""
        return {name: round(float(value), 4) for name, value in asdict(self).items()}


def judge(split: Split, packaged: Encode, tuned: Encode, in_floats: Encode) -> Judgement:
    """Measure both encoders the way the bot uses them.

    Parameters
    ----------
    packaged, tuned : the encoders as the bot runs them.
    in_floats : the tuned model before it was written in 8 bits.
    """
    texts, _ = split.of_rows(split.held_out)
    before, after = packaged(split.texts), tuned(split.texts)
    out = split.held_out
    return Judgement(
        held_out=len(texts),
        packaged=share_right(split, before),
        tuned=share_right(split, after),
        parity=float((after[out] * in_floats(texts)).sum(axis=1).mean()),
        mood_change=_mood_change(texts, before[out], after[out]),
        aspects_packaged=_aspects_right(packaged),
        aspects_tuned=_aspects_right(tuned),
    )


def share_right(split: Split, vectors: Vectors) -> float:
    """Train an intent model on the sentences to learn from, and give the share of held-out ones it reads rightly."""
    texts, labels = split.of_rows(split.learnt)
    model = train(texts, vectors[split.learnt], labels).model
    asked, right = split.of_rows(split.held_out)
    read = model.read(asked, vectors[split.held_out]).confidences.argmax(axis=1)
    return float(np.mean([model.labels[row] == label for row, label in zip(read, right, strict=True)]))


def _mood_change(texts: Sequence[str], before: Vectors, after: Vectors) -> float:
    sentiment = Sentiment.load()
    changes = [
        abs(sentiment.score(text, old) - sentiment.score(text, new))
        for text, old, new in zip(texts, before, after, strict=True)
    ]
    return float(np.mean(changes))


def _aspects_right(encode: Encode) -> float:
    """Give the share of all aspects' sentences that are read rightly when left out."""
    by_intent = sentences_by_intent().values()
    counts = [sum(len(listed) for listed in sentences.values()) for sentences in by_intent]
    return float(np.average([accuracy(sentences, encode) for sentences in by_intent], weights=counts))
