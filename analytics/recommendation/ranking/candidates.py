"""Which products are worth a closer look for one customer: the best of each source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.peaks import least_of_best
from analytics.recommendation.ranking.sources import Evidence

#: What is asked for: anything, only what she has not bought, or what else goes into the basket of somebody of whom
#: nothing is known but what she looks at now.
Kind = Literal["all", "new", "first"]
KINDS: tuple[Kind, ...] = ("all", "new", "first")

#: Scores of which the highest is taken; a range is cut into so many times fewer.
_STRIPE = 64
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
    free = _free(evidence, kind, barred)
    sent = []
    for name, most in SENT[kind].items():
        scores = evidence.source(name)
        sent.append(best(scores if free is None else scores * free, most))
    chosen = np.zeros(evidence.scores.shape[1], bool)
    chosen[np.concatenate(sent)] = True
    return np.flatnonzero(chosen)


def _free(evidence: Evidence, kind: Kind, barred: NDArray[np.bool_] | None) -> NDArray[np.float32] | None:
    """Give 1 for what may come up and 0 for the rest; None where everything may."""
    if kind == "all" and (barred is None or not barred.any()):
        return None
    free = np.ones(evidence.scores.shape[1], np.float32)
    if barred is not None:
        free[barred] = 0.0
    if kind != "all":
        free[evidence.taste.products] = 0.0
    return free


def best(scores: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """Give the places of the `most` highest scores above nothing, in no order.

    Sorting all of a wide range takes most of the time of a list.
    """
    least = float(least_of_best(scores[None], most, _STRIPE)[0])
    some = (scores >= least if least > 0 else scores > 0).nonzero()[0]
    return some if len(some) <= most else some[(-scores[some]).argpartition(most)[:most]]
