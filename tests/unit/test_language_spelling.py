"""Hurried typing is mended where a word is surely mistyped, and words that are words are left alone."""

from __future__ import annotations

import pytest

from language.spelling import Speller, known_words, slips

SENTENCES = [
    *["please cancel my order"] * 3,
    *["where is my package, when will it be delivered"] * 3,
    *["I want a refund for the broken eggs"] * 3,
    *["please take me off the newsletter, unsubscribe me"] * 3,
    *["can I exchange the shirt for a bigger size"] * 3,
]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller.of(SENTENCES, known_words())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("plese cancle my ordr", "please cancel my order"),
        ("wnat a refnd for teh borken egs", "want a refund for the broken eggs"),
        ("i wnat my pacakge delvierd", "i want my package delivered"),
        ("exhcange teh shrit", "exchange the shirt"),
        ("unsubcribe me form the newsleter!", "unsubscribe me form the newsletter!"),
    ],
)
def test_slips_are_mended(speller: Speller, typed: str, meant: str) -> None:
    assert speller.mend(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "please cancel my order",
        "do you sell shirts and packages",
        "subscribe me",
        "where is order A-40120, to ana@example.com",
        "",
        "¿dónde está mi pedido?",
        "12345 !!! 😀",
        "the almond butter and the lettuce",
    ],
)
def test_words_stay_as_they_are(speller: Speller, text: str) -> None:
    assert speller.mend(text) == text


def test_a_typo_in_the_training_sentences_is_still_one() -> None:
    speller = Speller.of([*["open my account"] * 12, *["cant open my acount"] * 2], known_words())
    assert speller.mend("my acount") == "my account"


def test_a_swap_weighs_least_and_another_letter_most() -> None:
    assert slips("teh", "the") < slips("ordr", "order") < slips("ordar", "order")
    assert slips("order", "order") == 0
    assert slips("", "ab") == slips("ab", "") == 2
