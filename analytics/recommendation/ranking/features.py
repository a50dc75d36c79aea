"""What the trees are told of each candidate: the same code when they learn and when they are asked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.ranking.knowledge import PRODUCT, Knowledge
from analytics.recommendation.ranking.sources import LINKED, SOURCES, Evidence

Floats = NDArray[np.float32]

OWN = (
    "times", "fast", "middle", "slow", "last", "first", "skipped", "since_first", "pieces", "rhythm", "due",
    "due_by_all", "overdue",
)  # fmt: skip
HERS = ("baskets", "recency", "gap", "size", "novelty", "products", "neighbours", "nearness")
CROSS = ("price_level", "category_share", "category_latest", "group_known")
LINKS = tuple(f"{name}_most" for name in LINKED)
FEATURES = (
    *SOURCES, *(f"{name}_rank" for name in SOURCES), *OWN, *PRODUCT, *HERS, *CROSS, *LINKS,
)  # fmt: skip


def features_of(knowledge: Knowledge, evidence: Evidence, asked: NDArray[np.int64]) -> Floats:
    """Describe candidates, (candidates × FEATURES); nan where something is unknown.

    Parameters
    ----------
    asked : positions of the candidates, sorted.
    """
    scores = evidence.scores.take(asked, axis=1)
    parts = [scores.T, _ranks(scores).T, _own(knowledge, evidence, asked), knowledge.product_features[asked]]
    hers = np.broadcast_to(_hers(evidence), (len(asked), len(HERS)))
    parts += [hers, _cross(knowledge, evidence, asked), _links(knowledge, evidence, asked)]
    return np.concatenate(parts, axis=1, dtype=np.float32)


def _ranks(scores: Floats) -> Floats:
    """Give the place of each candidate in the list of each source, 0 the best; all that score nothing come last."""
    order = np.argsort(-scores, axis=1)
    ranks = np.empty(scores.shape, np.float32)
    ranks[np.arange(len(scores))[:, None], order] = np.arange(scores.shape[1])
    ranks[scores <= 0] = scores.shape[1]
    return ranks


def _own(knowledge: Knowledge, evidence: Evidence, asked: NDArray[np.int64]) -> Floats:
    taste = evidence.taste
    out = np.full((len(asked), len(OWN)), np.nan, np.float32)
    out[:, :4] = 0.0
    if len(taste.products) == 0:
        return out
    at = np.searchsorted(taste.products, asked)
    at[at == len(taste.products)] = 0
    hers = taste.products[at] == asked
    at = at[hers]
    rhythm, last = taste.rhythm[at], taste.last[at]
    of_all = knowledge.trends.rhythm[asked[hers]]
    with np.errstate(divide="ignore", invalid="ignore"):
        out[hers] = np.stack(
            [
                taste.times[at], taste.fast[at], taste.middle[at], taste.slow[at], last, taste.first[at],
                taste.skipped[at], taste.since_first[at], np.log1p(taste.pieces[at]), rhythm, last / rhythm,
                last / of_all, (last - taste.recency) / taste.gap,
            ],
            axis=1,
        )  # fmt: skip
    return out


def _hers(evidence: Evidence) -> Floats:
    taste, likeness = evidence.taste, evidence.neighbours.likeness
    nearness = float(likeness.mean()) if len(likeness) else float("nan")
    figures = [taste.baskets, taste.recency, taste.gap, taste.size, taste.novelty, len(taste.products), len(likeness)]
    return np.array([*figures, nearness], np.float32)


def _cross(knowledge: Knowledge, evidence: Evidence, asked: NDArray[np.int64]) -> Floats:
    offered, taste = knowledge.offered, evidence.taste
    out = np.zeros((len(asked), len(CROSS)), np.float32)
    if len(taste.products) == 0:
        out[:] = np.nan
        return out
    most, kinds = knowledge.categories_and_groups
    worth = np.bincount(offered.categories[taste.products], taste.slow, most)
    latest = np.bincount(offered.categories[taste.products[taste.skipped == 0]], minlength=most)
    groups = np.bincount(offered.groups[taste.products], minlength=kinds)
    out[:, 0] = offered.prices[asked] / _median(offered.prices[taste.products])
    out[:, 1] = worth[offered.categories[asked]] / max(float(worth.sum()), 1e-9)
    out[:, 2] = latest[offered.categories[asked]]
    out[:, 3] = groups[offered.groups[asked]]
    return out


def _median(prices: Floats) -> float:
    """Give the median of those that are known; nan where none is. NumPy's own takes ten times as long for so few."""
    known = np.sort(prices[np.isfinite(prices)])
    return float((known[(len(known) - 1) // 2] + known[len(known) // 2]) / 2) if len(known) else np.nan


def _links(knowledge: Knowledge, evidence: Evidence, asked: NDArray[np.int64]) -> Floats:
    """Give the strongest single link from what she bought to each candidate, by relation."""
    taste = evidence.taste
    worth = {"bought_too": np.sqrt(taste.middle[taste.leading])}
    wanted = np.full(len(knowledge.offered), -1, np.int32)
    wanted[asked] = np.arange(len(asked), dtype=np.int32)
    out = np.zeros((len(LINKED), len(asked)), np.float32)
    for row, name in zip(out, LINKED, strict=True):
        picked = evidence.links[name]
        at = wanted[picked.columns]
        kept = np.flatnonzero(at >= 0)
        values = picked.times(worth[name]) if name in worth else picked.values
        np.maximum.at(row, at[kept], values[kept])
    return out.T
