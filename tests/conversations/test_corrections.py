"""Changes of mind and of subject in mid-conversation."""

from __future__ import annotations

from tests.support.demo_shop import FACTS
from tests.support.rasa_house import RasaHouse


def test_a_question_between_recommendation_and_why_does_no_harm(house: RasaHouse) -> None:
    talk = house.talk("ana")
    talk.says("recommend me something")
    assert FACTS.answers["delivery"] in talk.says("how long does delivery take?").text
    assert "Decaf coffee" in talk.says("why the second one?").text


def test_from_one_kind_of_product_to_another(house: RasaHouse) -> None:
    talk = house.talk("ana")
    talk.says("do you have decaf coffee?")
    assert [card["id"] for card in talk.says("no, I'm looking for frozen pizza").cards] == ["103"]


def test_a_wrong_order_number_is_corrected(house: RasaHouse) -> None:
    talk = house.talk("ana")
    assert "99999" in talk.says("where is order 99999?").text
    assert "40100" in talk.says("sorry, where is order 40100").text


def test_an_old_cards_quick_reply_still_works_after_new_cards(house: RasaHouse) -> None:
    talk = house.talk("ana")
    first = talk.says("recommend me something")
    talk.says("show me others")
    talk.last = first
    assert "every 9 days" in talk.chooses("Why this one?").text


def test_a_yes_answers_the_question_that_was_asked(house: RasaHouse) -> None:
    talk = house.talk("ana")
    talk.says("hello")  # would you like the details of your order?
    assert "40251" in talk.says("yes please").text
    talk.says("recommend me something")
    talk.chooses("Not for me")  # shall I show you something else?
    assert [card["id"] for card in talk.says("yes").cards] == ["104", "105", "106"]
