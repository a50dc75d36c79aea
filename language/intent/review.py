"""What is wrong with the training sentences, as the trained model sees it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np

from language.intent.model import OUT_OF_SCOPE
from language.intent.training import Trained

#: Sentences of two intents that are at least as like each other as this (cosine) can hardly be told apart.
ALIKE = 0.85
#: An intent with fewer examples, or with fewer than the median's share, is thin.
FEW = 15
_THIN_SHARE = 0.33
#: An intent with more than so many times the median draws doubtful messages to itself.
_CROWDED_TIMES = 3.0
_AT_ONCE = 512


@dataclass(frozen=True)
class Confusion:
    """Examples of `right` that a model which never saw them took for `taken`; `sentences` are the first few."""

    right: str
    taken: str
    times: int
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Two like examples of different intents; `cosine` of their vectors."""

    first: str
    first_intent: str
    second: str
    second_intent: str
    cosine: float


def left_out_accuracy(trained: Trained) -> float:
    """Share of the examples that models which never saw them understand rightly."""
    return float((trained.left_out.argmax(axis=1) == trained.model.codes).mean())


def confusions(trained: Trained, shown: int = 3) -> list[Confusion]:
    """Give the confusions of examples left out, the most frequent first."""
    model = trained.model
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for row, taken in enumerate(trained.left_out.argmax(axis=1)):
        if taken != model.codes[row]:
            found[int(model.codes[row]), int(taken)].append(model.examples[row])
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        Confusion(model.labels[right], model.labels[taken], len(sentences), tuple(sentences[:shown]))
        for (right, taken), sentences in ordered
    ]


def near_duplicates(trained: Trained, least: float = ALIKE) -> list[Pair]:
    """Give pairs of examples of different intents that are nearly the same, the likest first."""
    model = trained.model
    pairs = []
    for start in range(0, len(model.codes), _AT_ONCE):
        cosines = model.vectors[start : start + _AT_ONCE] @ model.vectors.T
        for row, column in zip(*np.nonzero(cosines >= least), strict=True):
            first, second = start + int(row), int(column)
            if first < second and model.codes[first] != model.codes[second]:
                pairs.append(_pair(trained, first, second, float(cosines[row, column])))
    return sorted(pairs, key=lambda pair: -pair.cosine)


def thin_intents(trained: Trained) -> dict[str, int]:
    """Give the intents with few examples, absolutely or beside the others, with how many they have."""
    counts = Counter(trained.model.labels[code] for code in trained.model.codes)
    least = max(FEW, _THIN_SHARE * float(np.median(list(counts.values()))))
    return {intent: times for intent, times in sorted(counts.items(), key=lambda item: item[1]) if times < least}


def crowded_intents(trained: Trained) -> dict[str, int]:
    """Give the intents with far more examples than the others, but for what is out of scope, which is many things."""
    counts = Counter(trained.model.labels[code] for code in trained.model.codes)
    most = _CROWDED_TIMES * float(np.median(list(counts.values())))
    return {name: times for name, times in counts.most_common() if times > most and name != OUT_OF_SCOPE}


def _pair(trained: Trained, first: int, second: int, cosine: float) -> Pair:
    model = trained.model
    names = [model.labels[model.codes[row]] for row in (first, second)]
    return Pair(model.examples[first], names[0], model.examples[second], names[1], round(min(cosine, 1.0), 3))
