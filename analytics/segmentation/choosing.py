"""Which segments: the space, the method and the number that the data itself supports, measured side by side.

The rule
--------
1. Candidates: K-Means with 3 to 7 groups in each space of `spaces` and `autoencoder`; Ward's hierarchy and a Gaussian
   mixture with 3 to 6 among aspects. Raw figures are measured too, only to show what they hide.
2. Each is measured: silhouette in its own space and among places of recency, orders and money, Davies-Bouldin,
   Calinski-Harabasz, smallest share, balance; stability (mean adjusted Rand index over bootstraps); spread (how much of
   the later spending the segments of an earlier moment explain), where the history is long enough.
3. A candidate counts when its smallest share is at least 5 %, its silhouette at least 0.2 and its stability at least
   0.8: a segment that falls apart when some customers are left out is an accident, one too small is no group to speak
   to. Raw figures never count: a handful of whales makes their silhouette.
4. Score = 2 × silhouette + stability + spread (silhouettes of people lie between 0.2 and 0.5, so they count twice).
   Those with the best silhouettes and spreads are looked at with a few bootstraps, the best of these with many, and
   the best of those is chosen. Of equals (0.005) the lower Davies-Bouldin.
5. Spaces that know more than recency, orders and money and can be read come first, then a learned one, then the others:
   one further behind is chosen only where none before it counts. Two learned dimensions have a higher silhouette
   than five readable ones whatever they hold, and nobody can read their axes.
6. Where nothing counts, the most stable with large enough shares; else two groups.

Silhouette alone would always take the fewest groups, and can be raised at will by features of which a few big
spenders are outliers; that is why it is never judged alone.

With fewer than 50 customers there is not enough to measure: two segments from 20 customers on, otherwise one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import numpy as np

from analytics import columns as c
from analytics.segment_records import Candidate
from analytics.segmentation.algorithms import METHODS, Groups, Method, fit_groups
from analytics.segmentation.autoencoder import learned_space
from analytics.segmentation.figures import Columns, telling
from analytics.segmentation.measuring import Ground, Tried, look, measured_fully, steadiness
from analytics.segmentation.space import Space
from analytics.segmentation.spaces import aspects_space, habits_space, log_space, raw_space, rfm_space
from analytics.segmentation.spread import Past

SMALLEST_SHARE = 0.05
STABLE = 0.8
CLEAR = 0.2
FEWEST_TO_MEASURE = 50
FEWEST_FOR_TWO = 20
#: Above this many customers a sample of them decides; the model is fitted on all.
SAMPLE = 4_000
#: Bootstraps of the final round, and how many candidates come into it.
BOOTSTRAPS, FINALISTS = 20, 3
#: Bootstraps of the look before, and how many candidates are looked at.
_FEW, _LOOKED_AT = 4, 10
#: Point 5: more than any score.
_COMES_FIRST = {"aspects": 20.0, "habits": 20.0, "learned": 10.0}
_EQUAL = 0.005
_KMEANS, _OTHERS = range(3, 8), range(3, 7)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, fitted on all customers, and everything that was tried."""

    space: Space
    method: Method
    k: int
    groups: Groups
    candidates: tuple[Candidate, ...]


def choose(
    columns: Columns,
    past: Past | None,
    seed: int,
    told: Callable[[str, float], None],
    methods: Collection[Method] = METHODS,
) -> Choice:
    """Choose by the rule above.

    Parameters
    ----------
    columns : of all customers, at least one.
    past : how they were at an earlier moment and what they spent since; None where the history is too short.
    seed : draws samples, bootstraps and starts.
    told : hears what is being measured, and the share that is done, 0..1.
    methods : which are tried, K-Means among them.
    """
    rfm = rfm_space(columns)
    customers = len(columns[c.MONETARY])
    different = len(np.unique(rfm.points(columns), axis=0))
    if customers < FEWEST_TO_MEASURE or different <= max(_KMEANS):
        space = aspects_space(columns)
        k = min(2 if customers >= FEWEST_FOR_TWO else 1, len(np.unique(space.points(columns), axis=0)))
        return Choice(space, "kmeans", k, fit_groups(space.points(columns), "kmeans", k, seed), ())
    some = _sampled(columns, seed)
    ground = Ground.of(some, past, seed)
    spaces = _spaces(columns, seed)
    tried = []
    for place, space in enumerate(spaces):
        told(f"Measuring segments by {space.name}", place / len(spaces) * 0.7)
        tried += [look(ground, space, method, k) for method, k in _ways(space) if method in methods]
    told("Measuring the best again", 0.7)
    looked_at = [steadiness(ground, one, _FEW) for one in _ranked(tried)[:_LOOKED_AT]]
    finalists = [measured_fully(ground, one, BOOTSTRAPS) for one in _ranked(looked_at)[:FINALISTS]]
    best = _best(finalists, looked_at or tried)
    found = {id(one.ways): one for one in [*looked_at, *finalists]}
    listed = [found.get(id(one.ways), one) for one in tried]
    candidates = tuple(replace(one.measures, chosen=one.ways is best.ways, score=_told_score(one)) for one in listed)
    groups = fit_groups(best.space.points(columns), best.method, best.k, seed)
    return Choice(best.space, best.method, best.k, groups, candidates)


def score(measures: Candidate) -> float:
    """Give what the rule compares."""
    return 2 * measures.silhouette + (measures.stability or 0.0) + (measures.spread or 0.0)


def counts(measures: Candidate) -> bool:
    """Tell whether a candidate passes point 3."""
    return measures.space != "raw" and not refusal(measures)


def refusal(measures: Candidate) -> str:
    """Say why a candidate does not count; empty where it does."""
    if measures.smallest_share < SMALLEST_SHARE:
        return f"smallest segment below {SMALLEST_SHARE:.0%}"
    if measures.silhouette < CLEAR:
        return "segments run into each other"
    if measures.stability is not None and measures.stability < STABLE:
        return "falls apart when some customers are left out"
    return ""


def _ranked(tried: list[Tried]) -> list[Tried]:
    """Put those that count in order, best first."""
    return sorted((one for one in tried if counts(one.measures)), key=lambda one: -_rank(one.measures))


def _rank(measures: Candidate) -> float:
    """Order by point 5, then by score."""
    return _COMES_FIRST.get(measures.space, 0.0) + score(measures)


def _best(finalists: list[Tried], tried: list[Tried]) -> Tried:
    counting = [one for one in finalists if counts(one.measures)]
    if counting:
        top = max(_rank(one.measures) for one in counting)
        equals = [one for one in counting if _rank(one.measures) >= top - _EQUAL]
        return min(equals, key=lambda one: one.measures.davies_bouldin)
    large = [one for one in tried if one.measures.smallest_share >= SMALLEST_SHARE and one.space.name != "raw"]
    if large:
        return max(large, key=lambda one: one.measures.stability or 0.0)
    return min(tried, key=lambda one: one.k)


def _told_score(one: Tried) -> float | None:
    known = one.measures.stability is not None
    return round(score(one.measures), 4) if known and counts(one.measures) else None


def _ways(space: Space) -> list[tuple[Method, int]]:
    if space.name == "raw":
        return [("kmeans", 5)]
    ways: list[tuple[Method, int]] = [("kmeans", k) for k in _KMEANS]
    if space.name == "aspects":
        others: tuple[Method, ...] = ("ward", "mixture")
        ways += [(method, k) for method in others for k in _OTHERS]
    return ways


def _spaces(columns: Columns, seed: int) -> list[Space]:
    """Fit the spaces; those that know habits only where there are habits to know."""
    plain = [rfm_space(columns), log_space(columns), raw_space(columns)]
    if not telling(columns):
        return plain
    return [aspects_space(columns), habits_space(columns), learned_space(columns, seed), *plain]


def _sampled(columns: Columns, seed: int) -> Columns:
    customers = len(columns[c.MONETARY])
    if customers <= SAMPLE:
        return columns
    rows = np.random.default_rng(seed).choice(customers, SAMPLE, replace=False)
    return {name: values[rows] for name, values in columns.items()}
