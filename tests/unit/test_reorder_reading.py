"""What is read out of "the same again": everything, single things, the list, and what shall be different."""

from __future__ import annotations

import pytest

from actions.list_reading import Thing
from actions.reorder_reading import again_in, basket_edits, may_edit, only_in


@pytest.mark.parametrize(
    "text",
    [
        "order the same again",
        "reorder my last order",
        "same as last time please",
        "I'd like to place order 40251 a second time",
        "get me my usual",
        "can you repeat my previous order for me?",
        "same stuff as last week pls",
        "order all of that again",
    ],
)
def test_everything_of_an_order(text: str) -> None:
    wish = again_in(text)
    assert (wish.from_list, wish.things, wish.changes) == (False, (), "")


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("buy the coffee again", (Thing("coffee"),)),
        ("reorder the yogurt and the granola", (Thing("yogurt"), Thing("granola"))),
        ("we ran out of milk, can you reorder it", (Thing("milk"),)),
        ("order 2 packs of decaf coffee again please", (Thing("decaf coffee", 2),)),
    ],
)
def test_single_things(text: str, things: tuple[Thing, ...]) -> None:
    assert again_in(text).things == things


@pytest.mark.parametrize(
    "text", ["order everything on my shopping list", "order what's on my list", "buy my grocery list"]
)
def test_the_list(text: str) -> None:
    assert again_in(text).from_list
    assert again_in(text).things == ()


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("same as last time but without the milk", "but without the milk"),
        ("the usual, except the wine", "except the wine"),
        ("repeat my last order and add bread", "and add bread"),
    ],
)
def test_what_shall_be_different(text: str, changes: str) -> None:
    assert again_in(text).things == ()
    assert again_in(text).changes == changes


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("without the milk", [("remove", "milk", None)]),
        ("no milk please", [("remove", "milk", None)]),
        ("w/o milk", [("remove", "milk", None)]),
        ("not the cereal", [("remove", "cereal", None)]),
        ("everything except for the wine", [("remove", "wine", None)]),
        ("can you leave out the yogurt", [("remove", "yogurt", None)]),
        ("two of the coffee", [("set", "coffee", 2)]),
        ("add bread", [("add", "bread", None)]),
    ],
)
def test_changes_of_a_basket(text: str, edits: list[tuple[str, str, int | None]]) -> None:
    assert [(edit.wish, edit.name, edit.quantity) for edit in basket_edits(text)] == edits
    assert may_edit(text)


@pytest.mark.parametrize(
    "text",
    ["no thanks", "yes please", "what does delivery cost?", "do you have oat milk?", "put milk on my list", "ok"],
)
def test_what_changes_no_basket(text: str) -> None:
    assert not may_edit(text)


def test_only_some_of_it() -> None:
    assert only_in("only the coffee and the milk please") == ["coffee", "milk"]
    assert only_in("no, just the bread") == ["bread"]
    assert only_in("just go ahead and order that") == []


def test_less_of_one_thing_and_more_of_another() -> None:
    told = [(edit.wish, edit.name, edit.quantity) for edit in basket_edits("but no milk and 2 cereals")]
    assert told == [("remove", "milk", None), ("set", "cereals", 2)]
