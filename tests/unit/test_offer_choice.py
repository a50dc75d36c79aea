"""Drawing among offers with known probabilities."""

from __future__ import annotations

from collections import Counter

import pytest

from analytics.offers.choice import EXPLORATION, choose, probabilities_of


def test_twice_the_worth_is_four_times_the_chance_beside_the_even_part() -> None:
    even = EXPLORATION / 2
    expected = [even + (1 - EXPLORATION) * 4 / 5, even + (1 - EXPLORATION) * 1 / 5]
    assert probabilities_of([0.2, 0.1]) == pytest.approx(expected)


def test_probabilities_sum_to_one_and_none_is_zero() -> None:
    probabilities = probabilities_of([1.0, 1e-9, 0.3])
    assert sum(probabilities) == pytest.approx(1)
    assert min(probabilities) >= EXPLORATION / 3


def test_the_only_candidate_is_certain() -> None:
    choice = choose([0.4], "seed")
    assert choice.index == 0
    assert choice.probabilities == pytest.approx((1.0,))


def test_the_same_seed_draws_the_same_and_another_may_not() -> None:
    assert choose([1, 1, 1], "a") == choose([1, 1, 1], "a")
    assert len({choose([1, 1, 1], str(seed)).index for seed in range(20)}) == 3


def test_candidates_are_drawn_as_often_as_their_probability_says() -> None:
    draws = 4000
    drawn = Counter(choose([0.3, 0.2, 0.1], f"visit {number}").index for number in range(draws))
    for index, probability in enumerate(probabilities_of([0.3, 0.2, 0.1])):
        assert drawn[index] / draws == pytest.approx(probability, abs=0.03)


@pytest.mark.parametrize("worths", [[], [0.0], [1.0, -1.0]])
def test_nothing_or_the_worthless_cannot_be_chosen_among(worths: list[float]) -> None:
    with pytest.raises(ValueError, match="at least one candidate"):
        choose(worths, "seed")
