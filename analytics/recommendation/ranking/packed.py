"""What ranks as plain arrays, for the artifact registry, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.ranking.candidates import KINDS, Kind
from analytics.recommendation.ranking.crowd import Crowd
from analytics.recommendation.ranking.factors import Factors
from analytics.recommendation.ranking.features import FEATURES
from analytics.recommendation.ranking.knowledge import Assortment, Knowledge
from analytics.recommendation.ranking.relations import Relations
from analytics.recommendation.ranking.rows import Rows
from analytics.recommendation.ranking.teaching import Taught
from analytics.recommendation.ranking.trees import Trees
from analytics.recommendation.ranking.trends import Trends

Arrays = Mapping[str, NDArray[Any]]
_PREFIX = "ranking"


def packed(taught: Taught) -> dict[str, NDArray[Any]]:
    """Give everything that ranks as named arrays."""
    knowledge = taught.knowledge
    found: dict[str, NDArray[Any]] = {f"{_PREFIX}_features": np.array(FEATURES)}
    for name, part in (
        ("offered", knowledge.offered),
        ("relations", knowledge.relations),
        ("trends", knowledge.trends),
        ("crowd", knowledge.crowd),
        ("factors", knowledge.factors),
    ):
        for field in fields(part):
            found |= _arrays(f"{_PREFIX}_{name}_{field.name}", getattr(part, field.name))
    for kind, trees in taught.trees.items():
        found[f"{_PREFIX}_trees_{kind}"] = np.frombuffer(trees.text.encode(), dtype=np.uint8)
    return found


def unpacked(arrays: Arrays) -> Taught | None:
    """Give what ranks back; None where the artifact holds none, or one that was taught with other features.

    Raises
    ------
    KeyError
        An array is missing.
    """
    if not _with_these_features(arrays):
        return None
    knowledge = Knowledge(
        offered=Assortment(**_part(arrays, "offered", Assortment)),
        relations=Relations(**_part(arrays, "relations", Relations)),
        trends=Trends(**_part(arrays, "trends", Trends)),
        crowd=Crowd(**_part(arrays, "crowd", Crowd)),
        factors=Factors(**_part(arrays, "factors", Factors)),
    )
    trees = {kind: trees_in(arrays, kind) for kind in KINDS}
    return Taught(knowledge=knowledge, trees={kind: some for kind, some in trees.items() if some is not None})


def trees_in(arrays: Arrays, kind: Kind) -> Trees | None:
    """Give the trees of one kind alone; None where there are none, or they were taught with other features."""
    text = arrays.get(f"{_PREFIX}_trees_{kind}")
    return None if text is None or not _with_these_features(arrays) else Trees(text.tobytes().decode())


def _with_these_features(arrays: Arrays) -> bool:
    taught_with = arrays.get(f"{_PREFIX}_features")
    return taught_with is not None and tuple(taught_with.tolist()) == FEATURES


def _arrays(name: str, value: Any) -> dict[str, NDArray[Any]]:
    if not isinstance(value, Rows):
        return {name: value}
    return {
        f"{name}_starts": value.starts,
        f"{name}_columns": value.columns,
        f"{name}_values": value.values.astype(np.float16),
        f"{name}_width": np.array(value.width),
    }


def _part(arrays: Arrays, name: str, kind: type[Any]) -> dict[str, Any]:
    return {field.name: _value(arrays, f"{_PREFIX}_{name}_{field.name}") for field in fields(kind)}


def _value(arrays: Arrays, name: str) -> Any:
    if name in arrays:
        return arrays[name]
    values = arrays[f"{name}_values"].astype(np.float32)
    return Rows(arrays[f"{name}_starts"], arrays[f"{name}_columns"], values, int(arrays[f"{name}_width"]))
