"""Fitting the few positive parameters of a model of buying by maximum likelihood."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import minimize

from analytics.prediction.history import Floats, Ints

#: Beyond so many customers parameters don't move any more in the third digit; a seeded draw is enough.
_MOST = 20_000
#: Log parameters stay within this: what lies further out is a flat likelihood, not knowledge.
_BOUND = 9.0
#: The usual 2e-9 may stop where the fourth digit still moves, and where it stops differs between processors.
_STILL = 1e-11


def fit_positive(
    negative_mean: Callable[[Floats], float], starts: Sequence[Sequence[float]], prior: float = 0.0
) -> Floats:
    """Minimise over positive parameters, in their logarithms.

    Parameters
    ----------
    negative_mean : negative log likelihood per customer, given the parameters.
    starts : parameters to begin from; the best end counts.
    prior : weight per customer of the squared distance of log parameters from the first start, which keeps few data
        from running off; 0 is plain maximum likelihood.

    Returns
    -------
    ndarray of the parameters.
    """
    centre = np.log(np.asarray(starts[0], dtype=np.float64))

    def cost(logs: Floats) -> float:
        value = negative_mean(np.exp(logs)) + prior * float(np.sum((logs - centre) ** 2))
        return value if np.isfinite(value) else 1e10

    bounds = [(-_BOUND, _BOUND)] * len(centre)
    begun = (np.log(np.asarray(start, dtype=np.float64)) for start in starts)
    ends = [minimize(cost, logs, method="L-BFGS-B", bounds=bounds, options={"ftol": _STILL}) for logs in begun]
    best = min(ends, key=lambda end: float(end.fun))
    return np.exp(np.asarray(best.x, dtype=np.float64))


def sampled(count: int, seed: int = 0) -> Ints | slice:
    """Give the customers to fit on: all of them, or a seeded draw where there are very many."""
    if count <= _MOST:
        return slice(None)
    return np.sort(np.random.default_rng(seed).choice(count, _MOST, replace=False)).astype(np.int64)


def grouped(*columns: Floats) -> tuple[tuple[Floats, ...], Floats]:
    """Give each different row once, and how often it stands there: one-time buyers of a day are one row."""
    rows, counts = np.unique(np.column_stack(columns), axis=0, return_counts=True)
    return tuple(rows[:, place] for place in range(rows.shape[1])), counts.astype(np.float64)
