"""Looking for products in her own words."""

from __future__ import annotations

import pytest

from tests.support.rasa_house import RasaHouse


@pytest.mark.parametrize(
    "text", ["do you have decaf coffee?", "Decaf coffee", "I'm looking for decaf coffee", "got any decaf coffee"]
)
def test_a_product_is_found_however_she_asks(house: RasaHouse, text: str) -> None:
    answer = house.talk().says(text)
    assert answer.actions == ["action_search_product"]
    assert [card["title"] for card in answer.cards] == ["Decaf coffee, 12 oz"]


def test_a_product_that_is_sold_out_is_said_to_be(house: RasaHouse) -> None:
    assert "sold out" in house.talk().says("do you have ginger tea?").text


def test_a_product_that_is_not_there_is_not_made_up(house: RasaHouse) -> None:
    answer = house.talk().says("do you sell snowboards?")
    assert answer.cards == []
    assert "snowboards" in answer.text


def test_asked_what_she_looks_for_a_single_word_is_enough(house: RasaHouse) -> None:
    talk = house.talk()
    talk.says("hello")
    assert talk.chooses("Find a product").actions == ["action_search_product"]
    assert [card["id"] for card in talk.says("yogurt").cards] == ["104"]
