"""Which products are looked at closely: the highest of each source, found without sorting a wide range."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.recommendation.ranking.candidates import best


def told(scores: object, most: int) -> list[int]:
    return sorted(best(np.asarray(scores, np.float32), most).tolist())


@pytest.mark.parametrize("width", [5, 64 * 3, 64 * 40 + 17])
@pytest.mark.parametrize("most", [3, 30])
def test_the_best_are_those_a_full_sort_puts_first(width: int, most: int) -> None:
    scores = np.random.default_rng(width).permutation(width) + 1
    assert told(scores, most) == sorted(np.argsort(-scores)[:most].tolist())


def test_a_high_score_behind_the_last_whole_stripe_is_found() -> None:
    scores = np.ones(64 * 40 + 17)
    scores[[3, -1]] = 7, 9
    assert told(scores, 2) == [3, 64 * 40 + 16]


def test_of_equal_scores_there_are_as_many_as_asked_for() -> None:
    assert len(told(np.ones(64 * 40), 10)) == 10


def test_nothing_without_a_score_is_among_the_best() -> None:
    scores = np.zeros(64 * 40)
    scores[[5, 900]] = 0.5, 0.1
    scores[7] = -3
    assert told(scores, 10) == [5, 900]
    assert told(np.zeros(64 * 40), 10) == []
