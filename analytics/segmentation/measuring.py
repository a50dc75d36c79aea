"""Measuring one way to find segments, beside all others on the same ground."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from analytics.segment_records import Candidate
from analytics.segmentation.algorithms import Method, fit_groups
from analytics.segmentation.figures import Columns
from analytics.segmentation.measures import (
    FEW_PAIRS,
    Labels,
    balance,
    calinski_harabasz,
    davies_bouldin,
    explained,
    shares,
    silhouette,
    stability,
)
from analytics.segmentation.ranks import Floats
from analytics.segmentation.space import Space
from analytics.segmentation.spaces import REFIT, rfm_space
from analytics.segmentation.spread import Past

#: A silhouette above this with a segment below 2 % says that a handful is far from everybody else, and nothing more.
_BOAST, _HANDFUL = 0.6, 0.02


@dataclass(frozen=True, slots=True)
class Tried:
    """One way to find segments, with its measures. `ways` tells tries apart."""

    space: Space
    method: Method
    k: int
    measures: Candidate
    ways: object


@dataclass(frozen=True, slots=True)
class Ground:
    """What all candidates are measured on: the same customers, the same past, the same seed."""

    columns: Columns
    #: Places of recency, orders and money.
    rfm: Floats
    past: Past | None
    seed: int

    @classmethod
    def of(cls, columns: Columns, past: Past | None, seed: int) -> Ground:
        """Lay the ground."""
        return cls(columns, rfm_space(columns).points(columns), past, seed)


def look(ground: Ground, space: Space, method: Method, k: int) -> Tried:
    """Measure a candidate, but for its stability."""
    points = space.points(ground.columns)
    labels = fit_groups(points, method, k, ground.seed, starts=4).labels(points)
    of = shares(labels, k)
    clear = silhouette(points, labels, ground.seed, FEW_PAIRS)
    measures = Candidate(
        space=space.name,
        method=method,
        k=k,
        silhouette=clear,
        silhouette_rfm=silhouette(ground.rfm, labels, ground.seed, FEW_PAIRS),
        davies_bouldin=davies_bouldin(points, labels),
        calinski_harabasz=calinski_harabasz(points, labels),
        smallest_share=float(of.min()),
        balance=balance(of),
        spread=_spread(ground, space, method, k),
        note=_note(clear, of, labels),
    )
    return Tried(space, method, k, measures, object())


def steadiness(ground: Ground, tried: Tried, bootstraps: int) -> Tried:
    """Measure the stability of a candidate."""
    points = tried.space.points(ground.columns)
    stable = stability(points, tried.method, tried.k, ground.seed, bootstraps)
    return replace(tried, measures=replace(tried.measures, stability=stable))


def measured_fully(ground: Ground, tried: Tried, bootstraps: int) -> Tried:
    """Measure a candidate again: stability with many bootstraps, silhouettes on more customers."""
    points = tried.space.points(ground.columns)
    labels = fit_groups(points, tried.method, tried.k, ground.seed).labels(points)
    measures = replace(
        tried.measures,
        silhouette=silhouette(points, labels, ground.seed),
        silhouette_rfm=silhouette(ground.rfm, labels, ground.seed),
        smallest_share=float(shares(labels, tried.k).min()),
        stability=stability(points, tried.method, tried.k, ground.seed, bootstraps),
    )
    return replace(tried, measures=measures)


def _spread(ground: Ground, space: Space, method: Method, k: int) -> float | None:
    """Find the same kind of segments at the earlier moment, and see how much of the later spending they explain."""
    past = ground.past
    refit: Callable[[Columns], Space] | None = REFIT.get(space.name)
    if past is None:
        return None
    # A learned space is taken as it is: learning another one would compare two different spaces.
    then = refit(past.columns) if refit else space
    points = then.points(past.columns)
    labels = fit_groups(points, method, k, ground.seed, starts=4).labels(points)
    return explained(labels, past.spent_later)


def _note(clear: float, of: Floats, labels: Labels) -> str:
    if clear <= _BOAST or of.min() >= _HANDFUL:
        return ""
    few = int((of[of < _HANDFUL] * len(labels)).sum().round())
    return f"this silhouette only sets {few:,} big spender{'' if few == 1 else 's'} apart from everybody else"
