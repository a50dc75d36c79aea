"""A known customer: the bot knows her name, her orders, her taste."""

from __future__ import annotations

from analytics.records import DialogueProfile
from tests.support import demo_shop
from tests.support.fake_analytics import FakeAnalytics
from tests.support.rasa_house import RasaHouse


def test_hello_is_answered_with_her_name_and_the_order_on_its_way(house: RasaHouse) -> None:
    answer = house.talk("ana").says("hello")
    assert answer.actions == ["action_greet"]
    assert "Ana" in answer.text
    assert "on its way" in answer.text
    assert 1 <= len(answer.quick_replies) <= 4


def test_hello_takes_up_what_was_spoken_of_last(house: RasaHouse, shop: FakeAnalytics) -> None:
    shop.profiles["ben"] = DialogueProfile(customer_id="ben", last_topic="search_product", turns=4)
    assert "Last time we looked at products" in house.talk("ben").says("hi there").text


def test_three_products_come_with_a_reason_each_and_tell_why_when_asked(house: RasaHouse) -> None:
    talk = house.talk("ana")
    picks = talk.says("recommend me something")
    assert picks.actions == ["action_recommend"]
    assert [card["title"] for card in picks.cards] == [product.name for product in demo_shop.PRODUCTS[:3]]
    assert all(card["reason"] and card["price"] for card in picks.cards)
    assert picks.decisions[0]["chosen"] == "101,102,103"
    why = talk.chooses("Why this one?")
    assert why.actions == ["action_explain_recommendation"]
    assert "you buy it about every 9 days, last on 3 May" in why.text


def test_why_this_one_is_understood_in_words_too(house: RasaHouse) -> None:
    talk = house.talk("ana")
    talk.says("recommend me something")
    assert "every 9 days" in talk.says("why this one?").text
    second = talk.says("why the second one?")
    assert "Decaf coffee" in second.text
    assert "Kids cereal" not in second.text


def test_not_interested_is_remembered_and_others_are_shown(house: RasaHouse) -> None:
    talk = house.talk("ana")
    talk.says("what would you recommend?")
    refused = talk.says("not interested")
    assert refused.actions == ["action_refuse_recommendation"]
    assert refused.preferences == {"refused_products": ["101", "102", "103"]}
    again = talk.says("show me others")
    assert [card["id"] for card in again.cards] == ["104", "105", "106"]


def test_one_card_can_be_refused_by_its_quick_reply(house: RasaHouse) -> None:
    talk = house.talk("ana")
    talk.says("recommend me something")
    assert talk.chooses("Not for me").preferences == {"refused_products": ["101"]}


def test_an_offer_is_made_with_its_reason_and_its_decision(house: RasaHouse) -> None:
    talk = house.talk("ana")
    answer = talk.says("any offers for me?")
    assert answer.actions == ["action_offer"]
    assert "10% off coffee" in answer.text
    assert "because you often buy coffee" in answer.text
    assert (answer.decisions[0]["chosen"], answer.decisions[0]["segment_id"]) == ("C17", 3)
    assert talk.chooses("Another offer?").decisions[0]["chosen"] == "C18"
    assert talk.says("any other offers?").decisions[0]["withheld"] == "recently_offered"


def test_without_an_offer_the_bot_says_so(house: RasaHouse, shop: FakeAnalytics) -> None:
    shop.offers = []
    answer = house.talk("ana").says("do you have any deals for me")
    assert "no offer that would suit you" in answer.text
    assert answer.decisions[0]["withheld"] == "no_offer"


def test_the_last_order_is_told(house: RasaHouse) -> None:
    answer = house.talk("ana").says("what did I buy last time?")
    assert answer.actions == ["action_last_order"]
    assert "Kids cereal" in answer.text
    assert "$12.49" in answer.text


def test_the_order_is_tracked_also_by_its_number_and_never_somebody_elses(house: RasaHouse) -> None:
    talk = house.talk("ana")
    answer = talk.says("where is my order?")
    assert answer.actions == ["action_track_order"]
    assert "40251" in answer.text
    assert "5 May" in answer.text
    assert "22 April" in talk.says("where is order 40100?").text
    assert "can't find order 40251" in house.talk("ben").says("where is order 40251?").text


def test_an_analytics_failure_is_told_honestly(house: RasaHouse, shop: FakeAnalytics) -> None:
    shop.down = True
    answer = house.talk("ana").says("what did I buy last time?")
    assert "can't look that up at the moment" in answer.text
    assert answer.intents_offered == {"talk_to_person"}
