"""Words, pairs of words and pieces of words of a message, weighed by how rare they are (TF-IDF)."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

_WORD = re.compile(r"\w+|[?!]")
#: Pieces of a word, its ends marked by a blank: what is left of it after a typo is still there.
_PIECE_LENGTHS = (2, 3, 4, 5)
#: Stands before a piece, so that the word "an" and the piece "an" are two terms.
_PIECE = "\x00"
#: A piece seen in a single sentence is most often a name or a typo.
_LEAST_SENTENCES = {True: 2, False: 1}


@dataclass(frozen=True)
class TermTable:
    """The terms of the training sentences.

    `names` : of the terms, sorted. `rarity` : their inverse document frequency (>= 1), in the same order.
    """

    names: tuple[str, ...]
    rarity: npt.NDArray[np.float32]
    _column: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_column", {name: column for column, name in enumerate(self.names)})

    @classmethod
    def of(cls, texts: Sequence[str]) -> TermTable:
        """Learn the terms of `texts`: all words and pairs, and the pieces that two sentences share."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(set(terms(text)))
        names = sorted(name for name, times in seen.items() if times >= _LEAST_SENTENCES[name.startswith(_PIECE)])
        counts = np.array([seen[name] for name in names], dtype=np.float64)
        rarity = np.log((1 + len(texts)) / (1 + counts)) + 1
        return cls(tuple(names), rarity.astype(np.float32))

    def rows(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Weigh the known terms of each text.

        Returns
        -------
        float32 matrix (len(texts), len(names)). Words and pieces are each scaled to length sqrt(1/2), so a row that
        has both has length 1 and the product of two rows is a likeness of 0..1; a text without a known term is 0.
        """
        columns: list[int] = []
        weights: list[float] = []
        ends = [0]
        for text in texts:
            for kind in self._weighed(text):
                columns.extend(kind)
                weights.extend(kind.values())
            ends.append(len(columns))
        shape = (len(texts), len(self.names))
        return sparse.csr_matrix((np.asarray(weights, dtype=np.float32), columns, ends), shape=shape)

    def _weighed(self, text: str) -> Iterator[dict[int, float]]:
        kinds: dict[bool, dict[int, float]] = {False: {}, True: {}}
        for name, times in Counter(terms(text)).items():
            column = self._column.get(name)
            if column is not None:
                # The third "refund" of a rant says less than the first.
                kinds[name.startswith(_PIECE)][column] = (1 + math.log(times)) * float(self.rarity[column])
        for kind in kinds.values():
            length = math.sqrt(2 * sum(weight * weight for weight in kind.values()))
            yield {column: weight / length for column, weight in kind.items()}

    def readable(self, column: int) -> str:
        """Give a term as people read it: a word or pair as it is, a piece of a word between dots."""
        name = self.names[column]
        return f"…{name.removeprefix(_PIECE)}…" if name.startswith(_PIECE) else name

    def as_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Give everything as arrays for `numpy.savez`; the names as bytes, for numpy pads text to the longest."""
        joined = "\n".join(self.names).encode()
        return {"term_names": np.frombuffer(joined, dtype=np.uint8), "term_rarity": self.rarity}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> TermTable:
        """Read what `as_arrays` gave."""
        joined = arrays["term_names"].tobytes().decode()
        return cls(tuple(joined.split("\n")) if joined else (), arrays["term_rarity"])


def terms(text: str) -> Iterator[str]:
    """Give the terms of a text, repeated as they occur: words, question and exclamation marks, pairs, pieces."""
    words = _WORD.findall(text.lower())
    yield from words
    yield from (f"{first} {second}" for first, second in itertools.pairwise(words))
    for word in words:
        marked = f" {word} "
        for length in _PIECE_LENGTHS:
            yield from (_PIECE + marked[at : at + length] for at in range(len(marked) - length + 1))
