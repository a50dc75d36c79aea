"""How messages are put, and the insults in them."""

from __future__ import annotations

import math

import pytest

from language.insult import insult
from language.manner import MANNERS, manner


def shown(text: str) -> dict[str, float]:
    """Give what is not zero of a message's manner, but for its length."""
    return {name: figure for name, figure in zip(MANNERS, manner(text), strict=True) if figure and name != "length"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("decaf coffee", {}),
        ("where is my parcel?", {"question": 1, "asks": 1}),
        ("hi, can you help me please", {"asks": 1, "polite": 1, "you": 1}),
        ("still waiting, again, and again", {"presses": 2}),
        ("damn this bloody hell of a shop", {"swears": 2}),
        ("the worst shop, terrible!", {"rages": 2, "exclaims": 1 / 3}),
        ("WHERE is IT!!!!", {"asks": 1, "shouts": 1 / 3, "exclaims": 1}),
        ("", {}),
    ],
)
def test_a_manner_is_read_off_the_words(text: str, expected: dict[str, float]) -> None:
    assert shown(text) == expected


def test_the_length_grows_ever_more_slowly() -> None:
    assert manner("one two three")[-1] == math.log(1 + 3) / 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("you idiots", "you idiots"),
        ("show me coffee, you bloody idiots!", "you bloody idiots"),
        ("any deals, you bunch of crooks?", "you bunch of crooks"),
        ("you are an absolute moron", "you are an absolute moron"),
        ("do idiots run this place", "idiots"),
        ("stupid bot", "stupid bot"),
        ("oat milk, moron", ", moron"),
        ("you useless piece of junk", "you useless piece of junk"),
        ("gooseberry fool", None),
        ("jerk chicken", None),
        ("a washing machine", None),
        ("I feel like an idiot, I ordered twice", None),
        ("who are you", None),
        ("this is terrible", None),
    ],
)
def test_an_insult_is_found_and_a_product_or_self_reproach_is_none(text: str, words: str | None) -> None:
    found = insult(text)
    assert (found[0] if found else None) == words
