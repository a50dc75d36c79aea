"""Which products are alike by words: what they are called, and what else is told of them."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.recommendation.ranking.relations import nearest_texts


def test_words_in_common_make_products_alike() -> None:
    alike = nearest_texts(["red paper lantern", "blue paper lantern", "tin of soup", *(f"thing{n}" for n in range(30))])
    assert alike.combined(np.array([0]), np.ones(1, np.float32))[1] > 0
    assert alike.combined(np.array([0]), np.ones(1, np.float32))[2] == 0


def test_products_without_a_word_in_common_have_no_likeness() -> None:
    assert len(nearest_texts(["one", "two"]).values) == 0


def likeness(texts: list[str], prose: list[str] | None = None) -> np.ndarray:
    """Give how much like the first product each is."""
    others = [f"thing{n}" for n in range(40)]
    told = None if prose is None else [*prose, *("" for _ in others)]
    return nearest_texts([*texts, *others], told).combined(np.array([0]), np.ones(1, np.float32))[: len(texts)]


def test_prose_tells_alike_what_names_do_not_and_takes_nothing_from_names() -> None:
    names = ["red paper lantern", "blue paper lantern", "garden lamp", "tin of soup", "lamp oil"]
    told = ["glows softly outdoors", "", "glows softly outdoors", "tomatoes, softly cooked", ""]
    by_names, by_both = likeness(names), likeness(names, told)
    assert (by_names[2], by_names[3]) == (0, 0)
    assert by_both[1] == by_names[1]
    assert by_both[2] > by_both[3] > 0


def test_long_prose_does_not_drown_what_products_are_called() -> None:
    usual = " ".join(f"usual{n}" for n in range(20))
    names = ["red paper lantern", "blue paper lantern", "soap", "soup", "bread"]
    told = [f"{usual} shiny", "", "shiny, cheap", usual, "cheap"]
    named, by_one_word = likeness(names, told)[1:3]
    assert named > 2 * by_one_word > 0


def test_two_products_of_which_one_word_is_told_are_not_the_same_thing() -> None:
    assert 0 < likeness(["alpha", "beta"], ["great", "great"])[1] == pytest.approx(1 / (1 + 5), rel=1e-5)


def test_a_product_of_which_nothing_is_told_stays_as_near_to_the_others() -> None:
    names = ["red paper lantern", "blue paper lantern", "paper boat"]
    told = ["", "sails to the sea", "sails to the sea"]
    assert likeness(names, told) == pytest.approx(likeness(names), abs=0)


@pytest.mark.parametrize("told", ["", "of one of them alone"])
def test_lists_are_the_same_where_nothing_is_told_that_two_products_share(told: str) -> None:
    names = ["red paper lantern", "blue paper lantern", "paper boat", *(f"thing {n % 5} {n}" for n in range(30))]
    before, after = nearest_texts(names), nearest_texts(names, [told, *("" for _ in names[1:])])
    assert len(before.values) > 0
    for old, new in ((before.starts, after.starts), (before.columns, after.columns), (before.values, after.values)):
        np.testing.assert_array_equal(old, new)


def test_products_whose_names_share_no_word_are_related_by_prose_alone() -> None:
    by_two_words = likeness(["alpha", "beta", "gamma"], ["oak wood", "oak wood", "steel"])[1:]
    assert by_two_words.tolist() == pytest.approx([2 / (2 + 5), 0], rel=1e-5)
