"""Which products are worth a closer look for one customer: the best of each source."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.ranking.sources import SOURCES, Evidence

#: How many each source sends, in a list of all products and in one of products new to her.
ALL: Mapping[str, int] = {
    "habit": 90, "crowd": 20, "lately": 40, "bought_too": 30, "bought_too_now": 20, "same_basket_now": 10,
    "follows": 20, "alike": 10, "alike_now": 10, "recent": 20, "rising": 15,
}  # fmt: skip
NEW: Mapping[str, int] = {
    "crowd": 60, "lately": 60, "bought_too": 50, "bought_too_now": 40, "same_basket": 30, "same_basket_now": 20,
    "follows": 30, "alike": 30, "alike_now": 20, "recent": 30, "rising": 25,
}  # fmt: skip


def candidates(evidence: Evidence, *, new: bool = False, barred: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
    """Give the products to look at, sorted by position.

    Parameters
    ----------
    new : leaves out what she has bought. barred : (products,), true for what must not come up at all.
    """
    chosen = np.zeros(evidence.scores.shape[1], bool)
    out = np.zeros(evidence.scores.shape[1], bool) if barred is None else barred.copy()
    if new:
        out[evidence.taste.products] = True
    for name, most in (NEW if new else ALL).items():
        scores = evidence.scores[SOURCES.index(name)]
        some = np.flatnonzero((scores > 0) & ~out)
        if len(some) > most:
            some = some[np.argpartition(-scores[some], most)[:most]]
        chosen[some] = True
    return np.flatnonzero(chosen)
