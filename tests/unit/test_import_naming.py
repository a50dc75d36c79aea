"""Which product a text plainly names."""

from __future__ import annotations

from analytics.importing.naming import ProductNames

NAMES = ProductNames(
    {
        "p1": "Kids cereal, 14.5 oz",
        "p2": "Oat milk, 1 L",
        "p3": "Oat milk, 2 L",
        "p4": "Milk",
        "p5": "White metal lantern",
    }
)


def test_a_name_of_two_words_or_more_is_found_whole_and_whatever_its_case() -> None:
    assert NAMES.named_in("My KIDS CEREAL was stale!") == "p1"
    assert NAMES.named_in("a white-metal lantern") is None
    assert NAMES.named_in("the white metal lantern broke") == "p5"


def test_a_name_that_several_products_have_is_told_apart_by_its_size_alone() -> None:
    assert NAMES.named_in("oat milk is great") is None
    assert NAMES.named_in("oat milk 2 L is great") == "p3"


def test_a_single_word_names_nothing() -> None:
    assert NAMES.named_in("milk") is None
    assert NAMES.named_in("") is None
