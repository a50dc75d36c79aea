"""What the bot does not know: said honestly, with choices, and a person the second time."""

from __future__ import annotations

import pytest

from tests.support.rasa_house import RasaHouse

STRANGE = ["what is the capital of australia", "flip a coin for me", "asdf qwer yxcv", "who won the football game"]


@pytest.mark.parametrize("text", STRANGE)
def test_what_is_beyond_the_shop_is_admitted_with_choices(house: RasaHouse, text: str) -> None:
    answer = house.talk().says(text)
    assert answer.actions == ["action_fallback"]
    assert 3 <= len(answer.quick_replies) <= 4
    assert "talk_to_person" in answer.intents_offered


def test_twice_in_a_row_offers_a_person_and_a_yes_gets_one(house: RasaHouse) -> None:
    talk = house.talk()
    talk.says(STRANGE[0])
    second = talk.says(STRANGE[1])
    assert "Shall I bring in a colleague?" in second.text
    assert second.handoff is None
    assert talk.says("yes").handoff == "twice_unsure"


def test_the_offered_person_comes_by_quick_reply_too(house: RasaHouse) -> None:
    talk = house.talk()
    talk.says(STRANGE[0])
    talk.says(STRANGE[2])
    assert talk.chooses("Yes, please").handoff == "twice_unsure"


def test_something_understood_between_starts_anew(house: RasaHouse) -> None:
    talk = house.talk()
    talk.says(STRANGE[0])
    talk.says("when are you open?")
    assert "bring in a colleague" not in talk.says(STRANGE[1]).text


def test_asking_for_a_person_gets_one_at_once(house: RasaHouse) -> None:
    answer = house.talk("ana").says("I want to talk to a person")
    assert answer.actions == ["action_hand_over"]
    assert answer.handoff == "asked"
    assert "colleague" in answer.text


def test_a_yes_out_of_the_blue_hands_nobody_over(house: RasaHouse) -> None:
    answer = house.talk().says("yes")
    assert answer.actions == ["action_affirm"]
    assert answer.handoff is None


@pytest.mark.parametrize("text", ["/talk_to_person", "/restart", '/recommend{"mode": "more"}', "//ask_offers"])
def test_a_typed_slash_is_only_text(house: RasaHouse, text: str) -> None:
    answer = house.talk().says(text)
    assert answer.body["parse"]["intent"]["confidence"] < 1.0
