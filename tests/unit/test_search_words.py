"""Reading a customer's words: stems, slips of the pen, what is required."""

from __future__ import annotations

import pytest

from analytics.catalogue.query import read_query
from analytics.catalogue.spelling import Speller, within_one_edit
from analytics.catalogue.words import stem, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cookie", "cookies"),
        ("tomato", "tomatoes"),
        ("berry", "berries"),
        ("dish", "dishes"),
        ("egg", "eggs"),
        ("pie", "pies"),
        ("loaf", "loaves"),
        ("nappy", "nappies"),
        ("glass", "glasses"),
        ("battery", "batteries"),
        ("sauce", "sauces"),
        ("box", "boxes"),
    ],
)
def test_singular_and_plural_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["glass", "asparagus", "gas", "tea"])
def test_what_only_ends_like_a_plural_stays(word: str) -> None:
    assert stem(word) == word


def test_accents_apostrophes_and_punctuation_do_not_matter() -> None:
    assert words_of("Kid's CRÈME, 14.5oz!") == ["kids", "creme", "14", "5oz"]


@pytest.mark.parametrize("typed", ["coffe", "cofffee", "coffae", "ocffee", "coffee"])
def test_one_slip_is_forgiven(typed: str) -> None:
    assert within_one_edit(typed, "coffee")
    assert Speller(["coffee", "cereal"]).near(typed) == ["coffee"]


@pytest.mark.parametrize("typed", ["cofe", "toffees", "coefef", "", "cofefes"])
def test_two_slips_are_not(typed: str) -> None:
    assert not within_one_edit(typed, "coffee")


def test_short_words_and_numbers_are_taken_as_written() -> None:
    assert Speller(["tea", "pea", "beans"]).near("sea") == []
    assert Speller(["14500"]).near("14501") == []


def required(text: str) -> list[tuple[str, bool]]:
    return [(" ".join(concept.ways[0]), concept.required) for concept in read_query(text, {})]


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Do you have any decaf coffee, please?", [("decaf", True), ("coffee", True)]),
        ("tasty chocolate cookies", [("tasty", False), ("chocolate", False), ("cooky", True)]),
        ("shampoo for dry hair", [("shampoo", True), ("dry", False), ("hair", False)]),
        ("something for a headache", [("headache", True)]),
        ("bread without gluten", [("bread", True), ("gluten", True), ("free", True)]),
        ("no sugar cola", [("sugar", False), ("free", True), ("cola", True)]),
        ("a bottle of red wine", [("red", False), ("wine", True)]),
        ("do you have anything?", []),
        ("", []),
    ],
)
def test_the_thing_itself_and_strict_words_are_required(text: str, concepts: list[tuple[str, bool]]) -> None:
    assert required(text) == concepts


def test_the_longest_known_phrase_means_what_the_catalogue_calls_it_or_itself() -> None:
    synonyms = {("milk",): [("cow", "milk")], ("oat", "milk"): [("soy", "milk"), ("rice", "drink")]}
    (concept,) = read_query("oat milk", synonyms)
    assert concept.ways == (("soy", "milk"), ("rice", "drink"), ("oat", "milk"))
    assert concept.required
