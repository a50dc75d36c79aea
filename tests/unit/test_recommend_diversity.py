"""How a short list is made of a long ranking."""

from __future__ import annotations

from analytics.recommendation.diversity import MANNERS, Candidate, Manner, varied
from store.repositories.catalogue import ProductRow

FOR_YOU = MANNERS["for_you"]


def candidate(
    name: str, worth: float, *, category: str = "", kind: str = "", department: str = "", new: bool = False
) -> Candidate:
    """Give a candidate; what is not named is its own."""
    row = ProductRow(name, name, category or name, department or name, None, None, 1.0, 1, True)
    return Candidate(row=row, worth=worth, kind=(row.category, kind or name), new=new)


def names(picked: list[Candidate]) -> str:
    return "".join(one.row.product_id for one in picked)


def test_a_category_gives_way_to_the_next_where_both_are_worth_about_the_same() -> None:
    ranked = [candidate("a", 1.0), candidate("b", 0.9, category="a"), candidate("c", 0.7)]
    # b: 0.7 × 0.9 − 0.3 × 0.8 = 0.39, c: 0.7 × 0.7 = 0.49
    assert names(varied(ranked, 2, FOR_YOU)) == "ac"


def test_a_category_repeats_where_nothing_else_is_worth_much() -> None:
    ranked = [candidate("a", 1.0), candidate("b", 0.9, category="a"), candidate("c", 0.5)]
    assert names(varied(ranked, 2, FOR_YOU)) == "ab"


def test_a_category_repeats_rather_than_the_list_staying_short() -> None:
    ranked = [candidate("a", 1.0), candidate("b", 0.1, category="a")]
    assert names(varied(ranked, 2, FOR_YOU)) == "ab"


def test_two_products_that_read_the_same_never_stand_together() -> None:
    ranked = [candidate("a", 1.0), candidate("b", 1.0, category="a", kind="a")]
    assert names(varied(ranked, 2, FOR_YOU)) == "a"


def test_a_front_page_goes_through_the_departments() -> None:
    ranked = [candidate(name, worth, department="food") for name, worth in [("a", 1.0), ("b", 0.9), ("c", 0.8)]]
    ranked += [candidate("p", 0.45, department="pets"), candidate("q", 0.44, department="home")]
    assert names(varied(ranked, 3, MANNERS["front_page"])) == "apq"
    assert names(varied(ranked, 3, FOR_YOU)) == "abc"


def test_a_weight_of_one_looks_at_the_worth_alone() -> None:
    ranked = [candidate("a", 1.0), candidate("b", 0.9, category="a"), candidate("c", 0.8)]
    assert names(varied(ranked, 2, Manner(weight=1.0))) == "ab"


def test_a_list_of_three_without_anything_new_gives_its_last_place_to_the_best_new_product() -> None:
    ranked = [candidate("a", 1.0), candidate("b", 0.9), candidate("c", 0.8)]
    news = [candidate("x", 1.0, new=True), candidate("y", 0.5, new=True)]
    assert names(varied(ranked, 3, FOR_YOU, news)) == "abx"


def test_of_six_two_are_new() -> None:
    ranked = [candidate(name, 1.0 - place / 10) for place, name in enumerate("abcdef")]
    news = [candidate("x", 1.0, new=True), candidate("y", 0.9, new=True), candidate("z", 0.8, new=True)]
    assert names(varied(ranked, 6, FOR_YOU, news)) == "abcdxy"


def test_what_came_in_new_by_its_worth_counts() -> None:
    ranked = [candidate("a", 1.0), candidate("b", 0.9, new=True), candidate("c", 0.8)]
    assert names(varied(ranked, 3, FOR_YOU, [candidate("x", 1.0, new=True)])) == "abc"


def test_where_nothing_new_fits_the_list_stays_as_it_is() -> None:
    ranked = [candidate("a", 1.0), candidate("b", 0.9), candidate("c", 0.8)]
    assert names(varied(ranked, 3, FOR_YOU, [candidate("x", 1.0, category="a", kind="a", new=True)])) == "abc"
    assert names(varied(ranked, 3, FOR_YOU)) == "abc"


def test_a_list_of_none_is_empty() -> None:
    assert varied([candidate("a", 1.0)], 0, FOR_YOU) == []
    assert varied([], 3, FOR_YOU) == []
