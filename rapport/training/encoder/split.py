"""Which sentences are held out: every fifth or so, by its own hash, so that it stays out when others are added."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rapport.errors import TrainingError

_ONE_IN = 5
#: Fewer held-out sentences tell nothing.
_LEAST = 20
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Split:
    """Sentences with their intents, and the rows of those to learn from and of those held out."""

    texts: Sequence[str]
    labels: Sequence[str]
    learnt: Rows
    held_out: Rows

    @classmethod
    def of(cls, texts: Sequence[str], labels: Sequence[str]) -> Split:
        """Deal the sentences; an intent that would be left with less than two stays out of the held-out part.

        Raises
        ------
        TrainingError
            There are too few sentences to measure anything.
        """
        out = np.array([_held_out(text) for text in texts], dtype=bool)
        left = Counter(label for label, is_out in zip(labels, out, strict=True) if not is_out)
        out &= np.array([left[label] >= 2 for label in labels], dtype=bool)
        if out.sum() < _LEAST:
            raise TrainingError(f"Only {out.sum()} sentences would be held out: too few to tell whether tuning helps.")
        return cls(texts, labels, np.flatnonzero(~out), np.flatnonzero(out))

    def of_rows(self, rows: Rows) -> tuple[list[str], list[str]]:
        """Give the sentences of rows, and their intents."""
        return [self.texts[row] for row in rows], [self.labels[row] for row in rows]


def same_letters(text: str) -> str:
    """Give what a sentence and its twin in other capitals or spacing share: they are held out together."""
    return " ".join(text.casefold().split())


def _held_out(text: str) -> Any:
    return int(hashlib.sha256(same_letters(text).encode()).hexdigest(), 16) % _ONE_IN == 0
