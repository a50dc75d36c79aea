"""How near kinds are by what the learned ranking knows, where the shop has taught one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.recommendation.model import NextBasketModel
from analytics.recommendation.ranking.rows import Rows

Floats = NDArray[np.float32]


def summed(relations: Sequence[Rows], offered: NDArray[np.int32], width: int) -> Floats:
    """Add relations between products up to relations between kinds, each as a share of its strongest.

    Parameters
    ----------
    relations : between products.
    offered : the number of each product's kind, -1 where it is not told. width : how many kinds there are.
    """
    total = np.zeros((width, width), np.float32)
    told = np.flatnonzero(offered >= 0)
    into = sparse.csr_matrix(
        (np.ones(len(told), np.float32), (told, offered[told])), shape=(len(offered), width), dtype=np.float32
    )
    for rows in relations:
        matrix = sparse.csr_matrix((rows.values, rows.columns, rows.starts), shape=(len(offered), len(offered)))
        of_kinds = np.maximum((into.T @ matrix @ into).toarray(), 0)
        best = of_kinds.max(axis=1, keepdims=True, initial=0)
        total += of_kinds / np.where(best > 0, best, 1)
    return total


def near_by_baskets(model: NextBasketModel, kind: NDArray[np.int32]) -> Floats | None:
    """Give how near kinds are by what lies in one basket; None where the shop has taught no ranking."""
    return _of(model, kind, ("same_basket",))


def near_by_words(model: NextBasketModel, kind: NDArray[np.int32]) -> Floats | None:
    """Give how near kinds are by name, category and brand; None where the shop has taught no ranking."""
    return _of(model, kind, ("alike",))


def _of(model: NextBasketModel, kind: NDArray[np.int32], names: Sequence[str]) -> Floats | None:
    if model.taught is None:
        return None
    knowledge = model.taught.knowledge
    width = int(kind.max(initial=-1)) + 1
    relations = [getattr(knowledge.relations, name) for name in names]
    return summed(relations, kind[knowledge.offered.products], width)
