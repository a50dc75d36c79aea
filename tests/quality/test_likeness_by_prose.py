"""Products whose descriptions are alike are of one style more often than those whose names alone are."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.recommendation.ranking.relations import nearest_texts
from analytics.recommendation.ranking.rows import Rows
from language.yaml_text import load_yaml
from tests.support.public_data import FOLDER, needs

pytestmark = [pytest.mark.quality, needs("retail_demo_catalogue")]

#: Neighbours looked at.
NEAREST = 10


@pytest.fixture(scope="module")
def goods() -> list[dict[str, str]]:
    text = (FOLDER / "retail_demo_catalogue" / "products.yaml").read_text(encoding="utf-8")
    return [dict(one) for one in load_yaml(text)]


def share_of_the_same(alike: Rows, kinds: list[str]) -> float:
    """Give the share of the ten places beside each product that hold one of its kind; an empty place holds none."""
    kind = np.unique(kinds, return_inverse=True)[1]
    same = [_nearest(alike, place, kind) for place in range(len(kind))]
    return float(np.sum(same)) / (NEAREST * len(kind))


def _nearest(alike: Rows, place: int, kind: NDArray[np.int_]) -> int:
    columns, values, _ = alike.picked(np.array([place]))
    return int((kind[columns[np.argsort(-values, kind="stable")[:NEAREST]]] == kind[place]).sum())


@pytest.mark.parametrize(
    ("known", "judged", "better"), [("", "style", 1.15), ("", "category", 1.15), ("category", "style", 1.05)]
)
def test_nearest_by_name_and_description_are_of_one_kind_more_often_than_by_name_alone(
    goods: list[dict[str, str]], known: str, judged: str, better: float
) -> None:
    """What is judged by is never among the texts."""
    names = [f"{one['name']} {one[known] if known else ''}" for one in goods]
    kinds = [one[judged] for one in goods]
    by_name = share_of_the_same(nearest_texts(names), kinds)
    by_both = share_of_the_same(nearest_texts(names, [one["description"] for one in goods]), kinds)
    print(f"{judged}, names with {known or 'nothing'}: {by_name:.3f}; with descriptions {by_both:.3f}")
    assert by_both > better * by_name
