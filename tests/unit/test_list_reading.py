"""What a message wants of a shopping list, and the things it names."""

from __future__ import annotations

import pytest

from actions.list_reading import Thing, things_in, wish_in


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("put milk on my list", "add"),
        ("could you add bread to the grocery list?", "add"),
        ("i need half and half on my list", "add"),
        ("start a list: ham, rolls", "add"),
        ("take the milk off my list", "remove"),
        ("i got the milk already, take it off my list", "remove"),
        ("rice is no longer needed on the list", "remove"),
        ("clear my shopping list", "clear"),
        ("throw away my list and begin a fresh one", "clear"),
        ("remove everything from my list", "clear"),
        ("what's on my list", "show"),
        ("is butter on my list already", "show"),
        ("shopping list", "show"),
    ],
)
def test_what_is_to_be_done_with_the_list(text: str, wish: str) -> None:
    assert wish_in(text) == wish


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("put milk and eggs on my list", ["milk", "eggs"]),
        ("please add toilet paper, soap and shampoo to my list", ["toilet paper", "soap", "shampoo"]),
        ("i need half and half and mac and cheese on my list", ["half and half", "mac and cheese"]),
        ("dont let me forget the dishwasher tabs, put them on my list", ["dishwasher tabs"]),
        ("hey, could you put a pack of sponges on my list, we just ran out", ["sponges"]),
        ("list: milk, bread, eggs", ["milk", "bread", "eggs"]),
        ("- milk\n- eggs", ["milk", "eggs"]),
        ("add the second one to my list", []),
        ("add it", []),
        ("", []),
    ],
)
def test_the_things_a_message_names(text: str, names: list[str]) -> None:
    assert [thing.name for thing in things_in(text)] == names


def test_a_number_is_how_many() -> None:
    assert things_in("add 2 milk, a dozen eggs and three cans of tuna") == [
        Thing("milk", 2),
        Thing("eggs", 12),
        Thing("tuna", 3),
    ]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("add half a dozen eggs to my list", Thing("eggs", 6)),
        ("add eleven rolls to my list", Thing("rolls", 11)),
        ("put double cream on my list", Thing("double cream")),
    ],
)
def test_counts_are_read_as_everywhere_and_names_are_no_counts(text: str, thing: Thing) -> None:
    assert things_in(text) == [thing]
