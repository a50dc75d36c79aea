"""Quantities read from a message."""

from __future__ import annotations

import pytest

from language.quantity import quantities_in, quantity_of


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("3 milks and two breads", [3, 2]),
        ("x2 coffee, 4x tea", [2, 4]),
        ("half a dozen eggs", [6]),
        ("a couple of pizzas", [2]),
        ("a dozen rolls", [12]),
        ("for $3 or 10% off, at 5 pm, order #1234, 2.5 kg", []),
        ("order 51010 please", []),
    ],
)
def test_quantities_are_read_and_nothing_else(said: str, numbers: list[int]) -> None:
    assert quantities_in(said) == numbers


def test_a_word_that_is_no_number_is_none() -> None:
    assert [quantity_of(word) for word in ("seven", "12", "milk")] == [7, 12, None]
