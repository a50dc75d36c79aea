"""The lexical index of the catalogue: which products meet which words, and how well (BM25 over weighted fields)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from math import log, log10

import numpy as np
from numpy.typing import NDArray

from analytics.catalogue.query import Concept
from analytics.catalogue.spelling import Speller
from analytics.catalogue.words import stems_of
from analytics.products import kind_of
from store.repositories.catalogue import ProductRow

#: How much a word says by where it stands.
_NAME, _CATEGORY, _BRAND, _SIZE, _DEPARTMENT = 3.0, 1.5, 1.5, 1.0, 0.4
#: The last word before a comma is the thing itself: "Ground coffee", not "Coffee filters".
_HEAD_BONUS = 3.0
#: BM25's saturation and length normalisation, for names of some three words.
_K1, _B, _USUAL_LENGTH = 6.0, 0.6, 3.0
#: Selling ten times as often is worth this share of a text score: it decides between names that fit much alike.
_POPULARITY = 0.2
#: What fits less than this share of the best is not what was meant: it met the words by its category only.
_WEAKEST = 0.6
_ENTRIES_A_KIND = 3

Posting = tuple[NDArray[np.int32], NDArray[np.float32]]


class CatalogueIndex:
    """Searches products of one kind, size and brand as one entry; built once, then only read.

    Parameters
    ----------
    rows : the products to find.
    """

    def __init__(self, rows: Iterable[ProductRow]) -> None:
        entries: dict[tuple[tuple[str, str], str | None, str | None], list[ProductRow]] = {}
        for row in rows:
            entries.setdefault((kind_of(row), row.size, row.brand), []).append(row)
        #: Product ids of each entry, the most sold first.
        self.members: list[tuple[str, ...]] = []
        #: Kind of each entry: what a short list does better not to show twice.
        self.kinds: list[tuple[str, str]] = []
        sold: list[int] = []
        found: dict[str, tuple[list[int], list[float]]] = {}
        for number, ((kind, _, _), same) in enumerate(entries.items()):
            same.sort(key=lambda row: (-row.times_sold, row.product_id))
            self.members.append(tuple(row.product_id for row in same))
            self.kinds.append(kind)
            sold.append(sum(row.times_sold for row in same))
            for word, weight in _weights(same[0], kind[1]).items():
                numbers, weights = found.setdefault(word, ([], []))
                numbers.append(number)
                weights.append(weight)
        self._postings = {word: _posting(numbers, weights, len(sold)) for word, (numbers, weights) in found.items()}
        self._popularity = np.array([1 + _POPULARITY * log10(1 + count) for count in sold], dtype=np.float32)
        self._speller = Speller(self._postings)

    def rank(self, concepts: Sequence[Concept], limit: int, a_kind: int = _ENTRIES_A_KIND) -> list[tuple[int, float]]:
        """Give (entry, score) of the entries that meet all required concepts and most of the others, best first.

        Parameters
        ----------
        concepts : as read from the query; words the catalogue does not know are tried with one letter changed.
        a_kind : entries of one kind at most.
        """
        score = np.zeros(len(self.members), dtype=np.float32)
        met = np.zeros(len(self.members), dtype=np.int16)
        allowed = np.ones(len(self.members), dtype=bool)
        for concept in concepts:
            of_concept = self._meeting(concept)
            score += of_concept
            met += of_concept > 0
            if concept.required:
                allowed &= of_concept > 0
        if not concepts or not allowed.any():
            return []
        allowed &= met == met[allowed].max()
        allowed &= score >= _WEAKEST * score[allowed].max()
        numbers = np.flatnonzero(allowed)
        values = score[numbers] * self._popularity[numbers]
        order = np.lexsort((numbers, -values))
        return self._few_of_a_kind([(int(numbers[at]), float(values[at])) for at in order], limit, a_kind)

    def _few_of_a_kind(self, ranked: Sequence[tuple[int, float]], limit: int, a_kind: int) -> list[tuple[int, float]]:
        """Keep the first entries of each kind, so that a hundred sizes of one thing do not hide the next thing."""
        kept: list[tuple[int, float]] = []
        seen: Counter[tuple[str, str]] = Counter()
        for entry, value in ranked:
            if len(kept) == limit:
                break
            kind = self.kinds[entry]
            seen[kind] += 1
            if seen[kind] <= a_kind:
                kept.append((entry, value))
        return kept

    def _meeting(self, concept: Concept) -> NDArray[np.float32]:
        """Score the entries for the best of a concept's ways; 0 where none is met whole."""
        best = np.zeros(len(self.members), dtype=np.float32)
        for way in concept.ways:
            of_way = np.zeros(len(self.members), dtype=np.float32)
            met = np.ones(len(self.members), dtype=bool)
            for word in way:
                of_word = self._scores_of(word)
                of_way += of_word
                met &= of_word > 0
            np.maximum(best, np.where(met, of_way, 0), out=best)
        return best

    def _scores_of(self, word: str) -> NDArray[np.float32]:
        scores = np.zeros(len(self.members), dtype=np.float32)
        for known in [word] if word in self._postings else self._speller.near(word):
            numbers, weights = self._postings[known]
            scores[numbers] = np.maximum(scores[numbers], weights)
        return scores


def _weights(row: ProductRow, name: str) -> dict[str, float]:
    """Give how much each word says about a product, saturated: a word said three times is not three times as true."""
    first, _, further = name.partition(",")
    main, rest = _stems(first), _stems(further)
    weights: dict[str, float] = {}
    fields = (
        (main, _NAME),
        (rest, _NAME / 2),
        (_stems(row.category), _CATEGORY),
        (_stems(row.brand or ""), _BRAND),
        (_stems(row.size or ""), _SIZE),
        (_stems(row.department), _DEPARTMENT),
    )
    for stems, weight in fields:
        for word in stems:
            weights[word] = weights.get(word, 0.0) + weight
    if main:
        weights[main[-1]] += _HEAD_BONUS
    norm = _K1 * (1 - _B + _B * len(main) / _USUAL_LENGTH)
    return {word: weight / (weight + norm) for word, weight in weights.items()}


@cache
def _stems(text: str) -> list[str]:
    return stems_of(text)


def _posting(numbers: list[int], weights: list[float], entries: int) -> Posting:
    rarity = log(1 + (entries - len(numbers) + 0.5) / (len(numbers) + 0.5))
    return np.array(numbers, dtype=np.int32), (rarity * np.array(weights)).astype(np.float32)
