"""What exactly a message asks for within its intent, by likeness of its meaning to a few sentences of each aspect.

"My crad gets refused" and "it won't take my visa" are one trouble in many words: an intent says what the message is
about, its aspect which of the intent's few ways to go on is meant. Whether something is wanted or not wanted, meaning
alone tells badly; that is read by words where the aspect is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from language.intent.regression import fit
from language.yaml_text import load_yaml

Vectors = npt.NDArray[np.float32]

SENTENCES = Path(__file__).with_name("aspects.yml")
#: How far a sentence's own label may be overruled by those of its neighbours; chosen among 0.03, 0.1, 0.3, 1 and 3 by
#: the share of sentences that are read rightly when each is left out (see `accuracy`); likeness of wording added
#: nothing.
RIDGE = 0.3
#: The best score must lead the second by so much. At this lead, of sentences left out, three of four are read: of those
#: on payments 98 % rightly, on details 100 %, on signing in 91 %, on complaints 83 %.
LEAST_LEAD = 0.2
#: Cosine to the nearest sentence below which a message is like none of them.
LEAST_LIKENESS = 0.33


@dataclass(frozen=True)
class Aspects:
    """The aspects of one intent: their sentences' vectors (n, 384), of length 1, and each sentence's voice."""

    names: tuple[str, ...]
    vectors: Vectors
    weights: Vectors

    @classmethod
    def learn(cls, sentences: Mapping[str, Sequence[str]], encode: Callable[[Sequence[str]], Vectors]) -> Aspects:
        """Learn from sentences by aspect.

        Parameters
        ----------
        encode : gives one row of length 1 a text.
        """
        names = tuple(sentences)
        vectors = encode([sentence for listed in sentences.values() for sentence in listed])
        solved = fit(vectors @ vectors.T, _codes(sentences), RIDGE)
        return cls(names=names, vectors=vectors, weights=solved.weights)

    def read(self, vector: Vectors) -> str:
        """Give the aspect of a message by its vector (384,); empty where it is like none, or like two alike."""
        likeness = self.vectors @ vector
        if likeness.max() < LEAST_LIKENESS:
            return ""
        scores = likeness @ self.weights
        best, second = np.argsort(scores)[::-1][:2]
        return self.names[best] if scores[best] - scores[second] >= LEAST_LEAD else ""


@cache
def sentences_by_intent(path: Path = SENTENCES) -> dict[str, dict[str, list[str]]]:
    """Give the sentences by intent and aspect."""
    return dict(load_yaml(path.read_text(encoding="utf-8")))


def learn_all(encode: Callable[[Sequence[str]], Vectors]) -> dict[str, Aspects]:
    """Learn the aspects of every intent that has some (half a second for five hundred sentences)."""
    return {intent: Aspects.learn(sentences, encode) for intent, sentences in sentences_by_intent().items()}


def accuracy(sentences: Mapping[str, Sequence[str]], encode: Callable[[Sequence[str]], Vectors]) -> float:
    """Give the share of sentences whose aspect is the likeliest one for a reader that never saw the sentence."""
    vectors, codes = encode([sentence for listed in sentences.values() for sentence in listed]), _codes(sentences)
    solved = fit(vectors @ vectors.T, codes, RIDGE)
    scores = solved.left_out(np.array([row]) for row in range(len(codes)))
    return float(np.mean(scores.argmax(axis=1) == codes))


def _codes(sentences: Mapping[str, Sequence[str]]) -> npt.NDArray[np.int64]:
    return np.repeat(np.arange(len(sentences)), [len(listed) for listed in sentences.values()])
