"""Mends hurried typing before a message is understood: an unknown word becomes the word it most likely stands for.

A word is known when the encoder has it as a whole. Only words of the training sentences
are put in another's place: they are what the bot can act upon. Entities and what is stored keep the customer's own
letters; only the reading of the intent sees mended ones.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from language.encoder_files import tokenizer_file

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
#: Of the encoder's 30,522 pieces, the commoner first, so many are believed to be words; the rest are names and scraps.
_COMMON = 22_000
#: Shorter words are too close to each other to tell which was meant.
_SHORTEST = 3
#: From this length on two slips are mended, below only one.
_TWO_SLIPS_FROM = 7
#: In a short word another letter makes another word ("bake", "take"); letters swapped, left out or doubled are slips.
_OTHER_LETTER_FROM = 5
#: A word the training uses less often than this may itself be a typo.
_LEAST_USED = 2
#: So many times more often must a word be used than one that the encoder does not know, for that to be its typo.
_MORE_OFTEN = 6
#: What the slips cost; swapping two letters is the likeliest.
_SWAPPED, _MISSED, _OTHER = 0.75, 1.0, 1.25


@dataclass(frozen=True)
class Speller:
    """Mends words by the words of the training sentences.

    `used` : how often the training sentences use each word. `known` : further words that stand as they are.
    """

    used: Mapping[str, int]
    known: Collection[str]
    _near: Mapping[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        near: dict[str, list[str]] = {}
        for word, times in self.used.items():
            if len(word) >= _SHORTEST and times >= _LEAST_USED:
                for shortened in _shortened(word):
                    near.setdefault(shortened, []).append(word)
        object.__setattr__(self, "_near", near)

    @classmethod
    def of(cls, texts: Iterable[str], known: Collection[str]) -> Speller:
        """Learn the words of the training sentences; `known` are words to leave alone, most often `known_words()`."""
        words = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        return cls(words, known)

    def mend(self, text: str) -> str:
        """Give the text with its mistyped words mended; the same text where nothing was."""
        return _WORD.sub(lambda found: self._mended(found.group()), text)

    def _mended(self, word: str) -> str:
        lower = word.lower()
        if len(lower) < _SHORTEST or self._stands(lower):
            return word
        fitting = {each: cost for each in self._candidates(lower) if (cost := slips(lower, each)) <= _allowed(each)}
        often = _MORE_OFTEN * self.used.get(lower, 0)
        fitting = {each: cost for each, cost in fitting.items() if self.used[each] >= often}
        if not fitting:
            return word
        return min(fitting, key=lambda each: (fitting[each], each[0] != lower[0], -self.used[each], each))

    def _stands(self, word: str) -> bool:
        """Tell whether the encoder knows a word, or what it is a plural or possessive of."""
        forms = (word, word.removesuffix("s"), word.removesuffix("es"), word.partition("'")[0])
        return any(form in self.known for form in forms)

    def _candidates(self, word: str) -> set[str]:
        near = {each for shortened in _shortened(word) for each in self._near.get(shortened, ()) if each != word}
        # What a longer word adds at either end is another word rather than two slips: "subscribe", "unsubscribe".
        return {each for each in near if abs(len(each) - len(word)) < 2 or not (each in word or word in each)}


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Give the words that the encoder has as a whole and that are common enough to be meant."""
    pieces: dict[str, int] = json.loads(tokenizer_file().read_bytes())["model"]["vocab"]
    return frozenset(piece for piece, rank in pieces.items() if rank < _COMMON and piece.isalpha())


def _allowed(candidate: str) -> float:
    if len(candidate) >= _TWO_SLIPS_FROM:
        return _MISSED + _OTHER
    return _OTHER if len(candidate) >= _OTHER_LETTER_FROM else _MISSED


@lru_cache(maxsize=4096)
def slips(first: str, second: str) -> float:
    """Weigh the slips between two words: letters too many, too few, others, or two swapped."""
    before: list[float] = []
    above = [column * _MISSED for column in range(len(second) + 1)]
    for row, letter in enumerate(first, start=1):
        line = [row * _MISSED]
        for column, other in enumerate(second, start=1):
            changed = above[column - 1] + (_OTHER if letter != other else 0.0)
            cost = min(above[column] + _MISSED, line[-1] + _MISSED, changed)
            if row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other:
                cost = min(cost, before[column - 2] + _SWAPPED)
            line.append(cost)
        before, above = above, line
    return above[-1]


def _shortened(word: str) -> Iterator[str]:
    """Give the word, and what is left of it without one letter, or without two of a longer word."""
    left = {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}
    yield from left
    if len(word) >= _TWO_SLIPS_FROM - 1:
        yield from {each[:at] + each[at + 1 :] for each in left for at in range(len(each))} - left
