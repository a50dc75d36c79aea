"""Which products are worth a closer look for one customer: the best of each source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.ranking.sources import SOURCES, Evidence

#: What is asked for: anything, only what she has not bought, or what else goes into the basket of somebody of whom
#: nothing is known but what she looks at now.
Kind = Literal["all", "new", "first"]
KINDS: tuple[Kind, ...] = ("all", "new", "first")

#: How many each source sends to the lists of each kind.
SENT: Mapping[Kind, Mapping[str, int]] = {
    "all": {
        "habit": 75, "crowd": 10, "lately": 35, "bought_too": 25, "bought_too_now": 10, "follows": 25, "factors": 15,
        "alike": 10, "recent": 15, "rising": 10,
    },
    "new": {
        "crowd": 40, "lately": 50, "bought_too": 50, "bought_too_now": 25, "same_basket": 30, "follows": 30,
        "factors": 30, "alike": 30, "recent": 20, "rising": 20,
    },
    "first": {
        "lately": 40, "bought_too": 40, "same_basket": 40, "follows": 20, "alike": 25, "recent": 40, "rising": 20,
    },
}  # fmt: skip


def candidates(evidence: Evidence, kind: Kind = "all", *, barred: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
    """Give the products to look at, sorted by position.

    Parameters
    ----------
    kind : but for "all" what she has bought (or looks at) is left out.
    barred : (products,), true for what must not come up at all.
    """
    chosen = np.zeros(evidence.scores.shape[1], bool)
    out = barred.copy() if barred is not None else np.zeros(evidence.scores.shape[1], bool) if kind != "all" else None
    if kind != "all" and out is not None:
        out[evidence.taste.products] = True
    for name, most in SENT[kind].items():
        scores = evidence.scores[SOURCES.index(name)]
        some = np.flatnonzero(scores > 0)
        if out is not None:
            some = some[~out[some]]
        if len(some) > most:
            some = some[np.argpartition(-scores[some], most)[:most]]
        chosen[some] = True
    return np.flatnonzero(chosen)
