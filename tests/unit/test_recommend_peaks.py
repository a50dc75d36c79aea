"""The bound that the best scores of a row reach."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.recommendation.peaks import least_of_best


@pytest.mark.parametrize("stripe", [1, 3, 7])
def test_the_best_of_each_row_reach_the_bound(stripe: int) -> None:
    rows = np.random.default_rng(0).random((40, 100), dtype=np.float32)
    tenth = np.sort(rows, axis=1)[:, -10]
    bound = least_of_best(rows, 10, stripe)
    assert (bound <= tenth).all()
    assert ((rows >= bound[:, None]).sum(axis=1) >= 10).all()


def test_peaks_of_single_scores_are_the_scores_themselves() -> None:
    rows = np.array([[3, 1, 2, 5], [0, 0, 7, 0]], np.float32)
    assert least_of_best(rows, 2, 1).tolist() == [3, 0]


def test_too_few_stripes_bound_nothing() -> None:
    assert least_of_best(np.ones((2, 5), np.float32), 3, 2).tolist() == [-np.inf, -np.inf]
