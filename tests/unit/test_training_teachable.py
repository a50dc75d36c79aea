"""What a customer wrote goes into a training file only where it does not tell who she is."""

from __future__ import annotations

import pytest

from rapport.training.teachable import Names, teachable

NAMES = Names.of(["Ana Brandt", "Rose May", "Ines"], common={"may", "rose"})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("where is my parcel", "where is my parcel"),
        ("is order 88213 late?", "is order 40251 late?"),
        ("order #A-88213-2 never came", "order 40251 never came"),
        ("send it to eve.b@mail.example, please", "send it to me@example.com, please"),
        ("call me on +1 (513) 555-0199 tonight", "call me on 555 0100 tonight"),
        ("born 12/03/1984, is that a problem", "born 555 0100, is that a problem"),
        ("two lines\nof words\x85here", "two lines of words here"),
        ("- [milk](product) and {bread}", "milk (product) and bread"),
        ("/restart my order", "restart my order"),
        ("May I pay the 12.99 later", "May I pay the 12.99 later"),
        ("the rose wine, 3 bottles", "the rose wine, 3 bottles"),
    ],
)
def test_numbers_and_addresses_give_way_to_made_up_ones(text: str, sentence: str) -> None:
    assert teachable(text, [], NAMES) == (sentence, "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("my name is eve, where is my order", "name"),
        ("This is Eve from yesterday", "name"),
        ("i'm Eve and i wait", "name"),
        ("can Mrs. Lind call me back", "name"),
        ("is Ines still there", "name"),
        ("Brandt's order is late", "name"),
        ("send it to 12 Elm Street", "address"),
        ("i live in apt 4b now", "address"),
        ("look at https://shop.example/me?id=7", "link"),
        ("my card is [card number removed]", "secret"),
        ("40251", "no_words"),
        ("😡😡", "no_words"),
        ("so " * 80, "too_long"),
    ],
)
def test_what_may_tell_who_she_is_is_left_out(text: str, reason: str) -> None:
    assert teachable(text, [], NAMES) == ("", reason)


def test_her_own_name_is_found_however_it_is_written() -> None:
    assert teachable("rose here, any news", ["Rose May"], NAMES) == ("", "name")


def test_a_capital_at_the_beginning_makes_no_name_of_a_word() -> None:
    assert teachable("Rose wine please", [], NAMES)[1] == ""
