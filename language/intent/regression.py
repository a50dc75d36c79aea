"""Ridge regression on likenesses, and what it would have said without any part of its examples.

One system of equations is solved: (K + R) A = Y with K the likeness of each example to each, R the ridge, Y the
labels. Its inverse also gives, exactly and without training again, the scores of a model that never saw a block of
examples: Y_b − (inverse_bb)⁻¹ A_b. Confidence and scope are learnt on these.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import linalg

Matrix = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Fit:
    """A solved regression: `weights` (n, labels) of the examples, `inverse` (n, n), `targets` (n, labels)."""

    weights: Matrix
    inverse: Matrix
    targets: Matrix

    def left_out(self, blocks: Iterable[Rows]) -> Matrix:
        """Give each example's scores by a model that never saw its block.

        Parameters
        ----------
        blocks : rows of examples; together they hold each row once.

        Returns
        -------
        (n, labels), in the order of the examples.
        """
        scores = np.zeros_like(self.targets)
        for block in blocks:
            inside = self.inverse[np.ix_(block, block)]
            scores[block] = self.targets[block] - linalg.solve(inside, self.weights[block], assume_a="pos")
        return scores


def fit(likeness: Matrix, codes: Rows, ridge: float) -> Fit:
    """Solve the regression.

    Parameters
    ----------
    likeness : (n, n) symmetric, of each example to each; it is used up (thousands of examples fill gigabytes).
    codes : (n,) number of each example's label, 0 … labels - 1, each used.
    ridge : > 0; how far an example's own label may be overruled. Labels count alike: an example of a label with few
        examples gets a smaller ridge.
    """
    counts = np.bincount(codes)
    targets = np.where(np.arange(len(counts))[None, :] == codes[:, None], 1, -1).astype(np.float32)
    voice = np.sqrt(len(codes) / (len(counts) * counts[codes]))
    likeness[np.diag_indices(len(codes))] += (ridge / voice).astype(np.float32)
    inverse = _inverse(likeness)
    return Fit(weights=inverse @ targets, inverse=inverse, targets=targets)


def _inverse(system: Matrix) -> Matrix:
    """Invert a positive definite matrix in its own memory."""
    factor, _ = linalg.lapack.spotrf(system.T, lower=1, overwrite_a=1)
    inverse, failed = linalg.lapack.spotri(factor, lower=1, overwrite_c=1)
    if failed:
        raise linalg.LinAlgError("The likenesses are not positive definite: is the ridge above 0?")
    below: Matrix = np.tril(inverse, -1)
    whole: Matrix = np.tril(inverse) + below.T
    return whole
