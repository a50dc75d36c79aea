"""Places among all customers: the array form and the quick form for one customer agree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.segmentation.ranks import fit_grid, place, places

numbers = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False)


def test_the_least_is_at_zero_the_most_at_one_and_the_middle_between() -> None:
    grid = fit_grid(np.array([1.0, 2.0, 4.0]))
    assert places(np.array([0.0, 1.0, 2.0, 3.0, 4.0, 9.0]), grid).tolist() == [0, 0, 0.5, 0.75, 1, 1]


def test_a_value_that_many_share_is_at_the_middle_of_its_places() -> None:
    grid = fit_grid(np.array([1.0, 1.0, 1.0, 2.0, 3.0]))
    assert places(np.array([1.0]), grid).tolist() == [(0 + 2) / 2 / 4]


def test_a_single_customer_is_in_the_middle() -> None:
    assert places(np.array([7.0]), fit_grid(np.array([7.0]))).tolist() == [0.5]


def test_far_beyond_two_values_that_hardly_differ_is_at_one() -> None:
    assert places(np.array([-1.0, 1.0]), np.array([0.0, 2.2250738585e-313])).tolist() == [0, 1]


@given(st.lists(numbers, min_size=1, max_size=60), st.lists(numbers, min_size=1, max_size=20))
def test_one_by_one_and_all_at_once_give_the_same_places(known: list[float], asked: list[float]) -> None:
    grid = fit_grid(np.array(known))
    together = places(np.array(asked), grid)
    assert [place(value, grid.tolist()) for value in asked] == pytest.approx(together.tolist(), abs=1e-9)
    assert all(0 <= value <= 1 for value in together)


@given(st.lists(numbers, min_size=2, max_size=60))
def test_places_keep_the_order(known: list[float]) -> None:
    values = np.sort(np.array(known))
    assert np.all(np.diff(places(values, fit_grid(values))) >= -1e-12)
