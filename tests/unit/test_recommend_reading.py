"""What kind of recommendation is asked for, by the words alone."""

from __future__ import annotations

import pytest

from actions.recommend_reading import asked_for, less_of, shown_again, wants_alike, wants_less
from tests.support.said import a_turn


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("what do I usually buy?", "buy_again"),
        ("show me my favourites", "buy_again"),
        ("my usual stuff please", "buy_again"),
        ("what should I buy again", "buy_again"),
        ("what am I running low on", "buy_again"),
        ("what do I get regularly, is anything due again?", "buy_again"),
        ("surprise me with something new", "new"),
        ("what's new?", "new"),
        ("i want to try something", "new"),
        ("show me things I've never bought", "new"),
        ("what are this week's picks for me?", "mailing"),
        ("your picks of the week", "mailing"),
        ("what would you put into my next mailing", "mailing"),
        ("what do people buy this week", "popular"),
        ("what's popular right now", "popular"),
        ("what do other customers buy", "popular"),
        ("what do most people get here", "popular"),
        ("something like this", "alike"),
        ("show me more like the second", "alike"),
        ("something similar", "alike"),
        ("recommend me something", "for_you"),
        ("what would go well with my usual groceries", "for_you"),
        ("show me a couple of favourites", "for_you"),
    ],
)
def test_the_words_tell_the_mode(text: str, asked: str) -> None:
    assert asked_for(a_turn(text)) == asked


def test_others_are_asked_for_where_something_was_shown() -> None:
    assert asked_for(a_turn("show me others", shown_products=["101"])) == "more"
    assert asked_for(a_turn("show me others")) == "for_you"


def test_something_to_take_instead_is_not_more_of_the_kind() -> None:
    assert not wants_alike("it's sold out, is there something similar")
    assert not wants_alike("something like that but cheaper")
    assert wants_alike("anything like the first one?")


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("less yogurt please", "yogurt"),
        ("I'd like to see less of the yogurt", "yogurt"),
        ("fewer sweets in my suggestions", "sweets"),
        ("not so much cereal please", "cereal"),
        ("too much coffee in your suggestions", "coffee"),
        ("suggest pizza less often", "pizza"),
        ("less of this", ""),
        ("less of the second one", ""),
        ("less of that brand please", ""),
    ],
)
def test_less_of_a_thing(text: str, thing: str) -> None:
    assert wants_less(a_turn(text))
    assert less_of(text) == thing


def test_less_money_is_no_less_of_a_thing() -> None:
    assert not wants_less(a_turn("is there anything like it for less money"))
    assert not wants_less(a_turn("not interested"))


def test_a_thing_is_asked_for_again() -> None:
    assert shown_again("show me yogurt again") == "yogurt"
    assert shown_again("you can suggest fish again") == "fish"
    assert shown_again("show me yogurt") == ""
