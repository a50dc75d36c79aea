"""Search by meaning: the passages' sentence vectors, computed once and kept in a file named by what they are of."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from analytics.help.passages import Passage
from language.encoder import DIMENSIONS, FINGERPRINT

logger = logging.getLogger(__name__)

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Makes sentences into vectors of length 1; `language.encoder.SentenceEncoder` does."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give one row a text."""


class MeaningIndex:
    """How near a question is to each passage.

    Parameters
    ----------
    passages : what to compare with.
    encoder : shared with whoever else needs it.
    folder : keeps the vectors between starts; it is made where it is missing.
    """

    def __init__(self, passages: Sequence[Passage], encoder: Encoder, folder: Path) -> None:
        sentences = [sentence for passage in passages for sentence in passage.sentences]
        counts = [len(passage.sentences) for passage in passages]
        self._starts = np.cumsum([0, *counts[:-1]]) if counts else np.empty(0, dtype=int)
        self._encoder = encoder
        self._vectors = _kept_or_made(sentences, encoder, folder)

    def scores(self, question: str) -> Vectors:
        """Give for each passage the cosine to the nearest of its sentences, 0..1."""
        cosines = self._vectors @ self._encoder.encode([question])[0]
        return np.clip(np.maximum.reduceat(cosines, self._starts), 0.0, 1.0).astype(np.float32)


def _kept_or_made(sentences: Sequence[str], encoder: Encoder, folder: Path) -> Vectors:
    """Read the vectors of exactly these sentences by exactly this encoder; compute and keep them where that fails."""
    name = hashlib.sha256("\0".join([FINGERPRINT, *sentences]).encode()).hexdigest()[:32]
    file = folder / f"{name}.npy"
    with suppress(OSError, ValueError, EOFError):
        kept = np.load(file, allow_pickle=False)
        if kept.shape == (len(sentences), DIMENSIONS):
            return np.asarray(kept, dtype=np.float32)
    made = encoder.encode(sentences)
    try:
        _keep(file, made)
    except OSError as error:  # computed again at the next start: half a second, and worth a line
        logger.warning("the vectors of the help pages could not be kept in %s: %s", folder, error)
    return made


def _keep(file: Path, vectors: Vectors) -> None:
    """Write beside and rename, so that a reader sees the whole or nothing; older ones are of pages that have gone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{uuid4().hex}")
    with beside.open("wb") as stream:
        np.save(stream, vectors.astype(np.float16), allow_pickle=False)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)
    for old in file.parent.glob("*.npy"):
        if old != file:
            old.unlink(missing_ok=True)
