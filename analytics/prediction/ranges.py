"""Around a predicted figure the range in which the truth lies in four of five cases.

Where a model was tested on a later period, the range is read off there: among customers with a similar prediction, the
tenth and the ninetieth percentile of truth over prediction (conformal prediction in bins: V. Vovk, A. Gammerman,
G. Shafer, Algorithmic Learning in a Random World, 2005). Where it was not, it is that of a count whose rate itself
scatters (negative binomial).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit
from scipy.stats import nbinom

from analytics.prediction.history import Floats
from analytics.prediction.measures import calibration_curve

LOW, HIGH = 0.1, 0.9
#: Customers in a bin: below, a percentile of the tenth is one customer's chance.
_LEAST = 40
_MOST_BINS = 20
_TINY = 1e-9
#: Shape of the scatter of rates among customers who look alike, where nothing was measured.
_SHAPE = 1.0
#: Spread of the log odds of a probability that was never tried, and the least that is told of one that was.
UNTESTED_SPREAD = 1.0
_LEAST_SPREAD = 0.1


@dataclass(frozen=True, slots=True)
class Ranges:
    """Bins of predictions, lowest first: upper edges (the last is infinite), and truth over prediction at both ends."""

    edges: Floats
    low: Floats
    high: Floats

    def around(self, predicted: Floats) -> tuple[Floats, Floats]:
        """Give both ends; the prediction itself is always within."""
        place = np.searchsorted(self.edges[:-1], predicted, side="right")
        scaled = np.maximum(predicted, _TINY)
        return np.minimum(self.low[place] * scaled, predicted), np.maximum(self.high[place] * scaled, predicted)


def fit_ranges(predicted: Floats, truth: Floats) -> Ranges | None:
    """Read the ranges off a tested period; None where it has too few customers."""
    bins = min(_MOST_BINS, len(predicted) // _LEAST)
    if bins < 2:
        return None
    order = np.argsort(predicted, kind="stable")
    factor = (truth / np.maximum(predicted, _TINY))[order]
    parts = np.array_split(np.arange(len(order)), bins)
    edges = [float(predicted[order[part[-1]]]) for part in parts[:-1]]
    # The next observed value outwards: the range may be too wide, never too narrow.
    low = np.array([np.quantile(factor[part], LOW, method="lower") for part in parts])
    high = np.array([np.quantile(factor[part], HIGH, method="higher") for part in parts])
    return Ranges(np.array([*edges, np.inf]), low, high)


def scattered_count(expected: Floats, shape: float = _SHAPE) -> tuple[Floats, Floats]:
    """Give the range of counts with this expectation whose rates scatter by a gamma distribution."""
    chance = shape / (shape + np.maximum(expected, _TINY))
    low, high = (np.asarray(nbinom.ppf(share, shape, chance), dtype=np.float64) for share in (LOW, HIGH))
    return np.minimum(low, expected), np.maximum(high, expected)


def around_probability(probability: Floats, spread: float) -> tuple[Floats, Floats]:
    """Give probabilities whose log odds are `spread` lower and higher."""
    bounded = np.clip(probability, 1e-6, 1 - 1e-6)
    odds = np.log(bounded / (1 - bounded))
    low, high = (np.asarray(expit(odds + by), dtype=np.float64) for by in (-spread, spread))
    return np.minimum(low, probability), np.maximum(high, probability)


def probability_spread(probability: Floats, truth: Floats) -> float:
    """Give how far the log odds of groups of customers were off when tried, in four of five groups."""
    off = []
    for said, was, many in calibration_curve(probability, truth):
        # Half a customer more on either side: a group of which all left has no infinite odds.
        observed = (was * many + 0.5) / (many + 1)
        bounded = min(max(said, 1e-6), 1 - 1e-6)
        off.append(abs(np.log(observed / (1 - observed)) - np.log(bounded / (1 - bounded))))
    return max(float(np.quantile(off, HIGH - LOW)), _LEAST_SPREAD)


def coverage(predicted: Floats, truth: Floats) -> float:
    """Measure how often the truth lies in ranges read off the other half of the customers; nan for few."""
    half = np.arange(len(truth)) % 2 == 0
    within = []
    for here, there in ((half, ~half), (~half, half)):
        ranges = fit_ranges(predicted[here], truth[here])
        if ranges is None:
            return float("nan")
        within.append(share_within(*ranges.around(predicted[there]), truth[there]))
    return float(np.mean(within))


def share_within(low: Floats, high: Floats, truth: Floats) -> float:
    """Give the measured coverage, 0..1."""
    return float(np.mean((truth >= low - _TINY) & (truth <= high + _TINY)))
