"""A visitor: the same questions, answered without a history."""

from __future__ import annotations

from tests.support.rasa_house import RasaHouse


def test_hello_welcomes_to_the_shop(house: RasaHouse) -> None:
    assert "The Corner Shop" in house.talk().says("hello").text


def test_a_recommendation_is_what_is_popular_with_its_reason(house: RasaHouse) -> None:
    answer = house.talk().says("what's popular right now?")
    assert len(answer.cards) == 3
    assert {card["reason"] for card in answer.cards} == {"one of this month's most bought"}


def test_an_offer_is_a_general_one(house: RasaHouse) -> None:
    assert "for everybody this week" in house.talk().says("any offers for me?").text


def test_questions_on_orders_ask_to_sign_in(house: RasaHouse) -> None:
    talk = house.talk()
    assert "sign in" in talk.says("where is my order?").text
    assert "sign in" in talk.says("what did I buy last time?").text


def test_what_a_visitor_refuses_stays_away_for_this_conversation(house: RasaHouse) -> None:
    talk = house.talk()
    talk.says("recommend me something")
    talk.says("not interested")
    talk.says("what are your opening hours?")
    again = talk.says("recommend me something")
    assert {card["id"] for card in again.cards}.isdisjoint({"101", "102", "103"})


def test_why_without_anything_shown_is_answered_honestly(house: RasaHouse) -> None:
    assert "nothing to explain yet" in house.talk().says("why this one?").text


def test_the_bot_says_that_it_is_one(house: RasaHouse) -> None:
    answer = house.talk().says("who are you?")
    assert answer.actions == ["action_small_talk"]
    assert any(word in answer.text for word in ("computer program", "A bot"))


def test_thanks_and_goodbye_are_returned(house: RasaHouse) -> None:
    talk = house.talk()
    assert talk.says("thanks a lot!").actions == ["action_close_chat"]
    assert talk.says("goodbye").actions == ["action_close_chat"]
