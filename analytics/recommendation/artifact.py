"""The next-basket model as plain arrays, for the artifact registry, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.facade import AnalyticsUnavailable
from analytics.recommendation.hearing import UNHEARD, Words
from analytics.recommendation.model import NextBasketModel
from analytics.recommendation.ranking.packed import packed, unpacked

NAME = "recommender"

_PLAIN = (
    "customers",
    "products",
    "baskets",
    "lengths",
    "neighbours",
    "groups",
    "categories",
    "buyers",
    "recent",
    "segments",
)
_SPARSE = ("counts", "favourites")


def to_arrays(model: NextBasketModel) -> dict[str, NDArray[Any]]:
    """Give the model as named arrays without objects."""
    arrays: dict[str, NDArray[Any]] = {name: getattr(model, name) for name in _PLAIN}
    for name in _SPARSE:
        matrix = getattr(model, name)
        arrays |= {f"{name}_data": matrix.data, f"{name}_indices": matrix.indices, f"{name}_indptr": matrix.indptr}
        arrays[f"{name}_shape"] = np.array(matrix.shape, dtype=np.int64)
    arrays["words"] = np.array([model.words.heard, model.words.followed, model.words.expected])
    return arrays if model.taught is None else arrays | packed(model.taught)


def from_arrays(arrays: Mapping[str, NDArray[Any]]) -> NextBasketModel:
    """Give the model back.

    Raises
    ------
    AnalyticsUnavailable
        An array is missing: the artifact was written by another version of the program.
    """
    try:
        matrices = {name: _matrix(arrays, name) for name in _SPARSE}
        plain = {name: arrays[name] for name in _PLAIN}
        return NextBasketModel(**plain, **matrices, words=_words(arrays), taught=unpacked(arrays))
    except KeyError as error:
        raise AnalyticsUnavailable(f"The recommender has no {error}; run `rapport recommender` again.") from error


def _words(arrays: Mapping[str, NDArray[Any]]) -> Words:
    if "words" not in arrays:  # written before words were weighed
        return UNHEARD
    heard, followed, expected = arrays["words"].tolist()
    return Words(heard=int(heard), followed=followed, expected=expected)


def _matrix(arrays: Mapping[str, NDArray[Any]], name: str) -> Any:
    parts = (arrays[f"{name}_data"], arrays[f"{name}_indices"], arrays[f"{name}_indptr"])
    return sparse.csr_matrix(parts, shape=tuple(arrays[f"{name}_shape"].tolist()))
