"""Trains the intent model: regression, temperature and scope from one solved system of equations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from language.intent.calibration import best_temperature
from language.intent.model import OUT_OF_SCOPE, IntentModel, meaning
from language.intent.regression import Fit, Rows, fit
from language.intent.scope import NO_EXAMPLE, ScopeJudge, signs
from language.intent.terms import TermTable

Matrix = npt.NDArray[np.float32]

#: What likeness of wording weighs beside likeness of meaning.
WORDING = 0.5
RIDGE = 0.3
_FOLDS = 10
_AT_ONCE = 1024


class TooFewExamplesError(ValueError):
    """There are not enough labelled sentences to train on; the message says which."""


@dataclass(frozen=True)
class Trained:
    """A model, and what models of the same kind that never saw its fold gave each example.

    `left_out` : scores (n, labels).
    """

    model: IntentModel
    left_out: Matrix


def train(texts: Sequence[str], vectors: npt.NDArray[np.float32], labels: Sequence[str], *, seed: int = 42) -> Trained:
    """Train on labelled sentences; those labelled `out_of_scope`, if any, teach what is beyond.

    Parameters
    ----------
    texts : n sentences. vectors : (n, dimensions), theirs, of length 1. labels : n intent names.
    seed : of the folds; the same data and seed give the same model.

    Raises
    ------
    TooFewExamplesError : fewer than two intents, or one with a single sentence.
    """
    names, codes = np.unique(np.asarray(labels), return_inverse=True)
    _check(names, codes)
    vectors = np.ascontiguousarray(vectors, dtype=np.float32)
    table = TermTable.of(texts)
    rows = table.rows(texts)
    solved = fit(_likeness(vectors, rows), codes, RIDGE)
    folds = _folds(codes, seed)
    left_out = solved.left_out(folds)
    beyond = int(np.flatnonzero(names == OUT_OF_SCOPE)[0]) if OUT_OF_SCOPE in names else -1
    model = IntentModel(
        labels=tuple(str(name) for name in names),
        beyond=OUT_OF_SCOPE if beyond >= 0 else None,
        examples=tuple(texts),
        vectors=vectors,
        codes=codes,
        table=table,
        example_weights=solved.weights,
        term_weights=WORDING * (rows.T @ solved.weights),
        temperature=best_temperature(left_out, codes),
        judge=_judge(solved, left_out, folds, vectors, codes, beyond),
    )
    return Trained(model, left_out)


def _likeness(vectors: Matrix, rows: sparse.csr_matrix) -> Matrix:
    """Compare each example with each, some at a time: products of sparse rows are far from sparse."""
    likeness = meaning(vectors @ vectors.T)
    for start in range(0, len(vectors), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        likeness[part] += WORDING * (rows[part] @ rows.T).toarray()
    return likeness


def _check(names: npt.NDArray[np.str_], codes: Rows) -> None:
    counts = np.bincount(codes)
    if len(names) < 2:
        raise TooFewExamplesError("At least two intents are needed to train a classifier.")
    if counts.min() < 2:
        raise TooFewExamplesError(f"Intent {str(names[counts.argmin()])!r} has one example; give it at least two.")


def _folds(codes: Rows, seed: int) -> list[Rows]:
    """Deal the examples of each label round the folds."""
    shuffled = np.random.default_rng(seed).permutation(len(codes))
    dealt = shuffled[np.argsort(codes[shuffled], kind="stable")]
    folds = [dealt[start::_FOLDS] for start in range(_FOLDS)]
    return [fold for fold in folds if len(fold)]


def _judge(solved: Fit, left_out: Matrix, folds: list[Rows], vectors: Matrix, codes: Rows, beyond: int) -> ScopeJudge:
    """Learn scope from examples without their fold, and from intents without any example of their own."""
    seen = np.concatenate(folds)
    known = np.concatenate([_signs_without(fold, fold, left_out, vectors, codes, beyond) for fold in folds])
    in_scope = codes[seen] != beyond
    intents = [np.flatnonzero(codes == code) for code in np.unique(codes) if code != beyond]
    as_strangers = solved.left_out(intents)
    as_strangers[np.arange(len(codes)), codes] = -np.inf
    strange = np.concatenate([_signs_without(rows, rows, as_strangers, vectors, codes, beyond) for rows in intents])
    return ScopeJudge.learn(known[in_scope], known[~in_scope], strange)


def _signs_without(
    rows: Rows, hidden: Rows, scores: Matrix, vectors: Matrix, codes: Rows, beyond: int
) -> npt.NDArray[np.float64]:
    cosines = vectors[rows] @ vectors.T
    cosines[:, hidden] = NO_EXAMPLE
    return signs(scores[rows], cosines, codes, beyond)
