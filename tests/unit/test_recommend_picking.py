"""How a short list is made of a long ranking."""

from __future__ import annotations

from analytics.recommendation.picking import Candidate, pick


def candidate(name: str, *, category: str = "", group: str = "", new: bool = False) -> Candidate:
    """Give a candidate whose numbers follow from letters; a category and a group of its own unless named."""
    return Candidate(index=ord(name), score=1.0, group=ord(group or name), category=ord(category or name), new=new)


def names(picked: list[Candidate]) -> str:
    return "".join(chr(one.index) for one in picked)


def test_the_best_of_each_category_come_first() -> None:
    ranked = [candidate("a"), candidate("b", category="a"), candidate("c", new=True), candidate("d")]
    assert names(pick(ranked, [], 3)) == "acd"


def test_a_category_repeats_rather_than_the_list_staying_short() -> None:
    assert names(pick([candidate("a"), candidate("b", category="a")], [], 2)) == "ab"


def test_two_products_that_read_the_same_never_stand_together() -> None:
    assert names(pick([candidate("a"), candidate("b", category="a", group="a")], [], 2)) == "a"


def test_a_list_of_three_without_anything_new_gives_its_last_place_to_the_best_new_product() -> None:
    ranked = [candidate("a"), candidate("b"), candidate("c")]
    assert names(pick(ranked, [candidate("x", new=True), candidate("y", new=True)], 3)) == "abx"


def test_the_new_product_is_of_another_category_than_the_kept_ones() -> None:
    ranked = [candidate("a"), candidate("b"), candidate("c")]
    assert names(pick(ranked, [candidate("x", new=True, category="a"), candidate("y", new=True)], 3)) == "aby"


def test_a_list_with_something_new_stays_as_it_is() -> None:
    ranked = [candidate("a", new=True), candidate("b"), candidate("c")]
    assert names(pick(ranked, [candidate("x", new=True)], 3)) == "abc"


def test_nothing_new_is_forced_into_a_shorter_list_or_without_evidence() -> None:
    ranked = [candidate("a"), candidate("b"), candidate("c")]
    assert names(pick(ranked, [candidate("x", new=True)], 2)) == "ab"
    assert names(pick(ranked, [], 3)) == "abc"


def test_no_candidates_give_an_empty_list() -> None:
    assert pick([], [], 3) == []
