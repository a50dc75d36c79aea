"""What is unclear is asked back, with the likeliest readings to choose from; a person is offered when that fails."""

from __future__ import annotations

import pytest

from tests.support.fake_analytics import FakeAnalytics
from tests.support.rasa_house import RasaHouse
from tests.support.shop_with_orders import shop_with_orders


@pytest.fixture
def shop() -> FakeAnalytics:
    return shop_with_orders()


def test_the_likeliest_readings_are_offered_and_none_of_them_is_a_choice(
    house: RasaHouse, shop: FakeAnalytics, unclear: str
) -> None:
    answer = house.talk("ana").says(unclear)
    assert answer.body["outcome"] == "asked_back"
    titles = [reply["title"] for reply in answer.quick_replies]
    assert 2 <= len(titles) <= 4
    assert titles[-1] == "None of these"


def test_a_chosen_reading_takes_her_own_words_with_it(house: RasaHouse, shop: FakeAnalytics, unclear: str) -> None:
    talk = house.talk("ana")
    asked = talk.says(unclear)
    chosen = asked.quick_replies[0]
    answer = talk.chooses(chosen["title"])
    assert answer.intent == chosen["payload"].partition("{")[0].removeprefix("/")
    assert answer.body["parse"]["intent"]["confidence"] == 1.0
    assert "action_fallback" not in answer.actions


def test_none_of_these_offers_a_person(house: RasaHouse, shop: FakeAnalytics, unclear: str) -> None:
    talk = house.talk("ana")
    talk.says(unclear)
    answer = talk.chooses("None of these")
    assert answer.body["outcome"] == "offered_person"
    assert talk.says("yes").handoff == "twice_unsure"


def test_twice_in_a_row_offers_a_person(house: RasaHouse, shop: FakeAnalytics, unclear: str) -> None:
    talk = house.talk("ana")
    talk.says(unclear)
    assert talk.says(unclear).body["outcome"] == "offered_person"


def test_a_reading_chosen_later_is_only_that_intent(house: RasaHouse, shop: FakeAnalytics, unclear: str) -> None:
    """An old button must not take words that were understood for something else."""
    talk = house.talk("ana")
    chosen = talk.says(unclear).quick_replies[0]
    talk.says("when are you open?")
    answer = talk._turn(text=chosen["title"], choice=chosen["payload"])
    assert answer.intent == chosen["payload"].partition("{")[0].removeprefix("/")


def test_nothing_is_guessed_at_that_is_beyond_the_shop(house: RasaHouse, shop: FakeAnalytics) -> None:
    assert house.talk("ana").says("who won the football game").body["outcome"] is None
