"""The trained intent model: reads a message, says what it asks for, how sure it is, whether it is in scope, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from language.intent.calibration import softmax
from language.intent.scope import ScopeJudge, signs
from language.intent.terms import TermTable

Matrix = npt.NDArray[np.float32]

#: The label whose examples are not about the shop at all.
OUT_OF_SCOPE = "out_of_scope"
#: How fast likeness of meaning falls with distance. Chosen, with the two in `training`, on a fifth of Banking77's
#: training part among 2, 3, 6, 10.
SHARPNESS = 3.0


@dataclass(frozen=True)
class Readings:
    """What was read from m messages.

    `confidences` (m, labels), each row sums to 1. `scope` (m,) 0..1: how surely the message is about something we
    know; at least 0.96 of messages in scope reach 0.5. `cosines` (m, examples).
    """

    confidences: npt.NDArray[np.float64]
    scope: npt.NDArray[np.float64]
    cosines: Matrix


@dataclass(frozen=True)
class IntentModel:
    """A regression on likeness of meaning to the examples, plus one weight for each term and label.

    `labels` sorted names; `beyond` the label of what is out of scope, None where there is none. `examples` the
    training sentences, `vectors` (n, dimensions) theirs, `codes` (n,) their labels. `example_weights` (n, labels),
    `term_weights` (terms, labels). `temperature` turns scores into confidences.
    """

    labels: tuple[str, ...]
    beyond: str | None
    examples: tuple[str, ...]
    vectors: Matrix
    codes: npt.NDArray[np.int64]
    table: TermTable
    example_weights: Matrix
    term_weights: Matrix
    temperature: float
    judge: ScopeJudge

    def read(self, texts: Sequence[str], vectors: npt.NDArray[Any]) -> Readings:
        """Read messages.

        Parameters
        ----------
        texts : m messages. vectors : (m, dimensions), theirs, of length 1.
        """
        cosines = vectors.astype(np.float32, copy=False) @ self.vectors.T
        scores = meaning(cosines) @ self.example_weights + self.table.rows(texts) @ self.term_weights
        evidence = signs(scores, cosines, self.codes, self.beyond_code)
        return Readings(softmax(scores / self.temperature), self.judge.scope(evidence), cosines)

    @property
    def beyond_code(self) -> int:
        """Number of the label of what is out of scope, -1 where there is none."""
        return -1 if self.beyond is None else self.labels.index(self.beyond)

    def terms_for(self, text: str, label: str, most: int = 5) -> list[tuple[str, float]]:
        """Give the terms of a text that speak most for a label, with what each adds to its score (> 0)."""
        row = self.table.rows([text]).tocoo()
        added = row.data * self.term_weights[row.col, self.labels.index(label)]
        best = [place for place in np.argsort(-added, kind="stable")[:most] if added[place] > 0]
        return [(self.table.readable(int(row.col[place])), float(added[place])) for place in best]

    def as_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Give everything as arrays for `numpy.savez`, without pickle; half precision is exact enough for vectors."""
        return {
            "labels": _packed(self.labels),
            "beyond": _packed(() if self.beyond is None else (self.beyond,)),
            "examples": _packed(self.examples),
            "vectors": self.vectors.astype(np.float16),
            "codes": self.codes.astype(np.int32),
            "example_weights": self.example_weights,
            "term_weights": self.term_weights,
            "temperature": np.array(self.temperature),
            **self.table.as_arrays(),
            **self.judge.as_arrays(),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> IntentModel:
        """Read what `as_arrays` gave."""
        return cls(
            labels=_unpacked(arrays["labels"]),
            beyond=next(iter(_unpacked(arrays["beyond"])), None),
            examples=_unpacked(arrays["examples"]),
            vectors=arrays["vectors"].astype(np.float32),
            codes=arrays["codes"].astype(np.int64),
            table=TermTable.from_arrays(arrays),
            example_weights=arrays["example_weights"],
            term_weights=arrays["term_weights"],
            temperature=float(arrays["temperature"]),
            judge=ScopeJudge.from_arrays(arrays),
        )


def meaning(cosines: Matrix) -> Matrix:
    """Turn cosines into likeness of meaning, 0..1: 1 for the same sentence."""
    likeness: Matrix = np.exp(SHARPNESS * (cosines - 1))
    return likeness


def _packed(texts: Sequence[str]) -> npt.NDArray[np.uint8]:
    """Join texts as bytes: an array of numpy strings pads each to the longest."""
    return np.frombuffer("\x1e".join(texts).encode(), dtype=np.uint8)


def _unpacked(packed: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    joined = packed.tobytes().decode()
    return tuple(joined.split("\x1e")) if joined else ()
