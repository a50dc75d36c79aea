"""An encoder of three words: enough meaning for tests, and it counts what it encodes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from language.encoder import DIMENSIONS

#: Words that mean the same share a direction.
MEANINGS = {"refund": 0, "reimburse": 0, "van": 1, "courier": 1, "password": 2}


class WordEncoder:
    """One direction a meaning, a direction of its own for sentences without any."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += texts
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            known = [MEANINGS[word.strip(".?,")] for word in text.lower().split() if word.strip(".?,") in MEANINGS]
            vectors[row, known or [9 if "nowhere" in text else 3]] = 1.0
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
