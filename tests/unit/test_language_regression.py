"""Ridge and logistic regression: lines that can be worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from language.regression import logistic, ridge, sigmoid


def test_ridge_without_strength_finds_the_line() -> None:
    seen = np.array([[0.0], [1.0], [2.0]])
    weights, bias = ridge(seen, 3 * seen[:, 0] + 1, np.ones(3), 0.0)
    assert (weights[0], bias) == pytest.approx((3.0, 1.0))


def test_ridge_shrinks_by_its_strength() -> None:
    # centred x = -1, 1 and y = -1, 1: weight = Σxy / (Σx² + strength) = 2 / (2 + 2)
    weights, bias = ridge(np.array([[0.0], [2.0]]), np.array([0.0, 2.0]), np.ones(2), 2.0)
    assert (weights[0], bias) == pytest.approx((2 / (2 + 2), 1 - 0.5 * 1))


def test_a_sentence_with_twice_the_voice_counts_like_two() -> None:
    seen, ratings = np.array([[0.0], [1.0], [1.0]]), np.array([0.0, 1.0, 0.0])
    twice, _ = ridge(seen, ratings, np.array([1.0, 2.0, 1.0]), 1.0)
    doubled, _ = ridge(seen[[0, 1, 1, 2]], ratings[[0, 1, 1, 2]], np.ones(4), 1.0)
    assert twice == pytest.approx(doubled)


def test_logistic_regression_with_hardly_any_strength_finds_the_odds() -> None:
    # where x = 0, one of four is true: odds 1 to 3; where x = 1, three of four: odds 3 to 1
    seen, true = np.array([[0.0]] * 4 + [[1.0]] * 4), np.array([True, False, False, False, True, True, True, False])
    weights, bias = logistic(seen, true, np.ones(8), 1e-9)
    assert bias == pytest.approx(math.log(1 / 3))
    assert weights[0] == pytest.approx(math.log(3) - math.log(1 / 3))


def test_logistic_regression_stays_finite_where_everything_is_told_apart() -> None:
    weights, bias = logistic(np.array([[-1.0], [1.0]]), np.array([False, True]), np.ones(2), 0.1)
    # at the optimum the pull of the two, 2 (1 - p), is the strength's: 0.1 w
    assert 2 * (1 - float(sigmoid(weights)[0])) == pytest.approx(0.1 * weights[0])
    assert bias == pytest.approx(0.0)


def test_a_sigmoid_does_not_overflow() -> None:
    assert sigmoid(np.array([-1000.0, 0.0, 1000.0])).tolist() == [0.0, 0.5, 1.0]
