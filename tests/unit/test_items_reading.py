"""Which items of an order a message wants changed, and how."""

from __future__ import annotations

import pytest

from actions.items_reading import Edit, edits_in, swap_in


def add(name: str, quantity: int | None = None, instead_of: str = "") -> Edit:
    return Edit("add", name, quantity, instead_of)


def remove(name: str, quantity: int | None = None) -> Edit:
    return Edit("remove", name, quantity)


def to(name: str, quantity: int) -> Edit:
    return Edit("set", name, quantity)


@pytest.mark.parametrize(
    ("said", "edits"),
    [
        ("please add oat milk to my order", [add("oat milk")]),
        ("can you add 2 pizzas and a bread to order 51010", [add("pizzas", 2), add("bread", None)]),
        ("I forgot the eggs, can you put them in my order?", [add("eggs")]),
        ("one more yogurt please", [add("yogurt", 1)]),
        ("I need two more milks in my order", [add("milks", 2)]),
        ("add another pizza", [add("pizza", 1)]),
        ("remove the cereal from my order", [remove("cereal")]),
        ("take the cereal off order 51010", [remove("cereal")]),
        ("take out one of the milks", [remove("milks", 1)]),
        ("I don't want the yogurt any more", [remove("yogurt")]),
        ("leave out the cereal and add granola", [remove("cereal"), add("granola")]),
        ("make it 3 milks", [to("milks", 3)]),
        ("change the milk to 3", [to("milk", 3)]),
        ("reduce the milk to one", [to("milk", 1)]),
        ("3 milks instead of 2", [to("milks", 3)]),
        ("make it 3 milks instead of 2 please", [to("milks", 3)]),
        ("swap the cereal for granola", [remove("cereal"), add("granola", None, "cereal")]),
        ("granola instead of cereal", [remove("cereal"), add("granola", None, "cereal")]),
        ("replace 1 milk with 2 oat milk in my order", [remove("milk", 1), add("oat milk", 2, "milk")]),
        ("i ordered 2 milks but only need 1, can u change that in order 51010", [to("milks", 1)]),
        ("I want to change my order", []),
        ("can I still change something in order 51010?", []),
    ],
)
def test_changes_are_read(said: str, edits: list[Edit]) -> None:
    assert edits_in(said) == edits


@pytest.mark.parametrize(
    ("said", "old", "new"),
    [
        ("exchange the pizza for spaghetti", "the pizza", "spaghetti"),
        ("i want spaghetti instead of the pizza", "the pizza", "i want spaghetti"),
        ("exchange the pizza from order 51030 for spaghetti please", "the pizza", "spaghetti"),
        ("I'd like to exchange the pizza", "", ""),
    ],
)
def test_what_goes_and_what_comes_instead(said: str, old: str, new: str) -> None:
    assert swap_in(said) == (old, new)
