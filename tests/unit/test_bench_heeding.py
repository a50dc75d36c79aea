"""What was said, as the benchmark of recommendations heeds it: by the shop's own rules."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.recommendation.hearing import Words
from analytics.recommendation.liking import HEEDED
from analytics.recommendation.purchases import Purchases, Range
from benchmarks.recommending.heeding import heeding
from benchmarks.recommending.protocol import Asked, Known, best_of


def wide(kinds: NDArray[np.int32]) -> Known:
    """Give a shop of as many products as kinds are given, whose one customer bought nothing."""
    width, none = len(kinds), np.empty(0, dtype=np.int32)
    return Known(
        purchases=Purchases(
            customers=np.array(["ana"]), customer=none, product=none, basket=none, age=none.astype(np.float32)
        ),
        on_sale=Range(
            products=np.arange(width).astype(np.str_), groups=np.arange(width, dtype=np.int32), categories=kinds
        ),
        words=("",) * width,
    )


#: Chances of twelve products, of which only the last, with 0.1, is of kind 1.
CHANCES = np.linspace(1.0, 0.1, 12, dtype=np.float32)
KINDS = np.array([0] * 11 + [1], dtype=np.int32)


def worth(of_best: float) -> Words:
    """Give what was heard where words are worth a share of the best."""
    many = 1_000_000
    return Words(heard=many, followed=of_best * many, expected=0.0)


@pytest.mark.parametrize(("of_best", "place"), [(2.0, 0), (0.5, 5), (1.01 * HEEDED, 8)])
def test_what_she_likes_rises_by_what_words_are_worth(of_best: float, place: int) -> None:
    # 0.1 + 0.5 lies between the fifth, 1 - 4 * 0.9 / 11, and the sixth; 0.35 between the eighth and the ninth.
    told = heeding(wide(KINDS), Asked(customer=0, likes=(1,)), CHANCES.copy(), worth(of_best))
    assert best_of(told[None], 10)[0].index(11) == place


def test_where_words_count_it_has_the_last_place_at_least() -> None:
    chances = np.append(np.linspace(1.0, 0.9, 11), 0.1).astype(np.float32)
    told = heeding(wide(KINDS), Asked(customer=0, likes=(1,)), chances, worth(1.01 * HEEDED))
    assert best_of(told[None], 10)[0].index(11) == 9


def test_where_words_are_worth_nothing_a_like_changes_nothing() -> None:
    told = heeding(wide(KINDS), Asked(customer=0, likes=(1,)), CHANCES.copy(), worth(0.0))
    assert best_of(told[None], 12) == [[*range(12)]]


def test_what_she_dislikes_is_not_listed_and_a_newcomers_answer_comes_first() -> None:
    known = wide(KINDS)
    assert best_of(heeding(known, Asked(customer=0, dislikes=(0,)), CHANCES.copy())[None], 2) == [[11]]
    assert best_of(heeding(known, Asked(customer=None, likes=(1,)), CHANCES.copy())[None], 2) == [[11, 0]]
