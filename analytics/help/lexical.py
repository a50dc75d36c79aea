"""Search by words: BM25 over the stems of text, heading, questions and keywords."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from analytics.catalogue.words import stem, words_of
from analytics.help.passages import Passage

Scores = NDArray[np.float32]

#: How often a word of these counts, against once in the text (best of four combinations on the tuning questions).
_HEADING, _ASKED, _KEYWORDS = 2.0, 1.0, 2.0
#: BM25's saturation and length normalisation for passages of some fifty words.
_K1, _B = 1.2, 0.5
#: Six letters bring deliver, delivery and delivering together, as a stemmer does, and keep most other words apart.
_STEM_LETTERS = 6

_EMPTY_WORDS = frozenset(
    words_of(
        "a about am an and any are as at be but by can could did do does don't for from get got had has have how i I'd "
        "if I'll I'm in is it its I've me my no not of on or our please so that the their them then there they this to "
        "us was we were what when where which who why will with would you your"
    )
)


def stems(text: str) -> list[str]:
    """Give the stems of the words that carry meaning, in order, repeats included."""
    return [stem(word)[:_STEM_LETTERS] for word in words_of(text) if word not in _EMPTY_WORDS]


class LexicalIndex:
    """Which passages share words with a question; built once, then only read."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._size = len(passages)
        counts = [_counts(passage) for passage in passages]
        lengths = np.array([sum(words.values()) for words in counts], dtype=np.float32)
        norms = _K1 * (1 - _B + _B * lengths / max(float(lengths.mean()), 1.0)) if counts else lengths
        found: dict[str, list[tuple[int, float]]] = {}
        for number, words in enumerate(counts):
            for word, count in words.items():
                found.setdefault(word, []).append((number, count / (count + float(norms[number]))))
        self._postings = {
            word: (np.array([at for at, _ in hits]), np.array([weight for _, weight in hits], dtype=np.float32))
            for word, hits in found.items()
        }

    def scores(self, question: str) -> Scores:
        """Give for each passage the share of the question's information it holds: 0 (no word) to below 1 (every word).

        A rare word is much information, a frequent one little; a word that no page has counts as the rarest.
        """
        scores = np.zeros(self._size, dtype=np.float32)
        information = 0.0
        for word in dict.fromkeys(stems(question)):
            numbers, weights = self._postings.get(word, (np.empty(0, dtype=int), np.empty(0, dtype=np.float32)))
            rarity = log(1 + (self._size - len(numbers) + 0.5) / (len(numbers) + 0.5))
            information += rarity
            scores[numbers] += rarity * weights
        return scores / np.float32(information) if information else scores


def _counts(passage: Passage) -> dict[str, float]:
    counts: dict[str, float] = {}
    for word, weight in _weighted(passage):
        counts[word] = counts.get(word, 0.0) + weight
    return counts


def _weighted(passage: Passage) -> Iterator[tuple[str, float]]:
    fields = (
        (passage.text, 1.0),
        (passage.title, 1.0),
        (passage.heading, _HEADING),
        (" ".join(passage.asked), _ASKED),
        (" ".join(passage.keywords), _KEYWORDS),
    )
    for text, weight in fields:
        yield from ((word, weight) for word in stems(text))
