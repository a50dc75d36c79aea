"""nDCG, recall and hit rate, by hand."""

from __future__ import annotations

from math import log2

import pytest

from analytics.evaluation.metrics import hit_at, ndcg_at, recall_at


def test_ndcg_divides_the_discounted_hits_by_those_of_a_perfect_list() -> None:
    gained = 1 / log2(1 + 1) + 1 / log2(3 + 1)
    perfect = 1 / log2(1 + 1) + 1 / log2(2 + 1)
    assert ndcg_at(3, ["milk", "tea", "eggs"], {"milk", "eggs"}) == pytest.approx(gained / perfect)


def test_ndcg_of_a_perfect_list_is_one_however_much_was_bought() -> None:
    assert ndcg_at(2, ["milk", "eggs"], {"milk", "eggs", "tea", "bread"}) == 1.0


def test_only_the_first_k_count() -> None:
    assert ndcg_at(1, ["tea", "milk"], {"milk"}) == 0.0
    assert hit_at(1, ["tea", "milk"], {"milk"}) == 0.0
    assert hit_at(2, ["tea", "milk"], {"milk"}) == 1.0


def test_recall_is_the_part_of_the_basket_that_was_foretold() -> None:
    assert recall_at(2, ["milk", "tea", "eggs"], {"milk", "eggs", "bread"}) == pytest.approx(1 / 3)


@pytest.mark.parametrize("metric", [ndcg_at, recall_at, hit_at])
def test_an_empty_basket_or_list_gives_zero(metric: object) -> None:
    assert callable(metric)
    assert metric(3, ["milk"], set()) == 0.0
    assert metric(3, [], {"milk"}) == 0.0
