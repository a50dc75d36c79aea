"""Accounts, messages and data, on the trained model; at the end of each dialogue the state of the store."""

from __future__ import annotations

import pytest

from tests.support.fake_analytics import FakeAnalytics
from tests.support.order_store import accounts_on, stored
from tests.support.rasa_house import RasaHouse

VISITOR = None


def requests(shop: FakeAnalytics) -> list[tuple[str, str | None, str]]:
    """What was asked of the shop, as (kind, customer, status)."""
    return stored(shop.kept(), "account_requests", "kind", "customer_id", "status")


def agreed(shop: FakeAnalytics, customer_id: str = "ana") -> dict[str, bool]:
    """What she agrees to now."""
    return {purpose: consent.granted for purpose, consent in accounts_on(shop.kept()).consents(customer_id).items()}


def test_a_visitor_gets_the_link_or_leaves_her_address(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk(VISITOR)
    assert "https://corner.example/join" in talk.says("how can I get an account with you?").text
    assert "doesn't quite look like an e-mail" in talk.says("eve at example.com").text
    assert "for eve@example.com?" in talk.says("eve@example.com").text
    assert requests(shop) == []
    assert "noted your wish" in talk.says("yes please").text
    talk.says("yes")
    assert stored(shop.kept(), "account_requests", "kind", "email") == [("create", "eve@example.com")]


def test_a_known_address_is_answered_like_any_other(house: RasaHouse, shop: FakeAnalytics) -> None:
    answers = []
    for email in ("ana@example.com", "nobody@example.com"):
        talk = house.talk(VISITOR)
        talk.says("please make an account for me")
        answers.append(talk.says(email).text.replace(email, "") + talk.says("yes").text.replace(email, ""))
    assert answers[0] == answers[1]


def test_her_phone_number_is_changed_after_a_yes(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    assert "new phone number?" in talk.says("I need to change my phone number").text
    assert "to +1 555 0177?" in talk.says("+1 555 0177").text
    assert stored(shop.kept(), "account_details", "phone") == []
    assert "Done" in talk.chooses("Yes, change it").text
    assert stored(shop.kept(), "account_details", "customer_id", "phone") == [("ana", "+1 555 0177")]


def test_what_she_said_at_once_is_not_asked_again_and_a_correction_counts(
    house: RasaHouse, shop: FakeAnalytics
) -> None:
    talk = house.talk("ana")
    assert "to ana.new@example.com?" in talk.says("please change my email to ana.new@example.com").text
    assert "to ana.newer@example.com?" in talk.says("no, it's ana.newer@example.com").text
    talk.says("yes")
    assert stored(shop.kept(), "account_details", "email") == [("ana.newer@example.com",)]


@pytest.mark.parametrize("text", ["no", "never mind", "no thanks, leave it"])
def test_a_no_changes_nothing(house: RasaHouse, shop: FakeAnalytics, text: str) -> None:
    talk = house.talk("ana")
    talk.says("I got married, change my last name to Ana Miller please")
    assert "left everything as it was" in talk.says(text).text
    talk.says("yes")
    assert stored(shop.kept(), "account_details", "name") == []


def test_a_question_in_between_is_answered_and_the_request_goes_on(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    talk.says("delete my account please")
    between = talk.says("when are you open?").text
    assert "Monday to Saturday" in between
    assert "Shall I close your account?" in between
    talk.says("yes")
    assert requests(shop) == [("delete", "ana", "open")]


def test_an_account_is_closed_after_a_yes_and_kept_when_she_changes_her_mind(
    house: RasaHouse, shop: FakeAnalytics
) -> None:
    talk = house.talk("ana")
    assert "receipts are kept" in talk.says("I want to close my account").text
    assert requests(shop) == []
    assert "closed by" in talk.chooses("Yes, close it").text
    assert "under way already" in talk.says("close my account").text
    assert "stays as it is" in talk.chooses("Keep my account").text
    assert requests(shop) == [("delete", "ana", "withdrawn")]


@pytest.mark.parametrize(
    "text", ["close my account", "change my phone number to 555 0177 999", "delete all the data you have about me"]
)
def test_a_visitor_changes_nothing(house: RasaHouse, shop: FakeAnalytics, text: str) -> None:
    talk = house.talk(VISITOR)
    assert "sign in" in talk.says(text).text.lower()
    talk.says("yes")
    assert requests(shop) == []
    assert stored(shop.kept(), "account_details", "customer_id") == []


def test_a_forgotten_password_gets_the_link_and_never_a_question_for_it(house: RasaHouse) -> None:
    answer = house.talk(VISITOR).says("help, I forgot my password")
    assert "https://corner.example/forgot" in answer.text
    assert "don't write your password" in answer.text


def test_a_lost_second_step_and_a_stolen_account_go_to_a_person(house: RasaHouse) -> None:
    talk = house.talk("ana")
    assert "second step" in talk.says("my two factor code never arrives").text
    assert talk.says("yes").handoff is not None
    assert house.talk("ana").says("someone hacked my account").handoff is not None


def test_the_newsletter_is_stopped_at_once_and_started_again(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    assert "no more newsletters" in talk.says("please unsubscribe me from the newsletter").text
    assert agreed(shop)["newsletter"] is False
    talk.chooses("Undo that")
    assert agreed(shop)["newsletter"] is True


def test_what_she_gets_is_shown_and_switched_by_a_tap(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    assert "Text messages about orders: off" in talk.says("which emails and messages do I get from you?").text
    talk.chooses("Text messages")
    assert agreed(shop)["order_texts"] is True


def test_no_offers_this_month_is_respected_at_once(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    talk.says("no offers this month please")
    assert agreed(shop)["chat_offers"] is False
    assert "10% off coffee" not in talk.says("any offers for me?").text
    talk.chooses("Yes, offers again")
    assert "10% off coffee" in talk.says("any offers for me?").text


def test_a_visitor_is_told_how_to_unsubscribe(house: RasaHouse) -> None:
    assert "https://corner.example/messages" in house.talk(VISITOR).says("take me off the newsletter").text


def test_what_is_known_is_told_to_her_alone(house: RasaHouse) -> None:
    known = house.talk("ana").says("what do you know about me?").text
    assert "Name: Ana" in known
    assert "Orders: 2" in known
    assert "Ana" not in house.talk(VISITOR).says("what do you know about me?").text


def test_a_copy_and_the_deletion_of_her_data_are_asked_for_with_a_yes(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    assert "within 7 days" in talk.says("I want a copy of all my data").text
    assert "11 May" in talk.says("yes please").text
    assert "within 30 days" in talk.says("now erase all data you have about me").text
    talk.says("yes")
    assert requests(shop) == [("erase", "ana", "open"), ("export", "ana", "open")]
    talk.chooses("Take that back")
    assert requests(shop) == [("erase", "ana", "withdrawn"), ("export", "ana", "withdrawn")]


def test_purchases_are_not_used_from_the_next_turn_on(house: RasaHouse, shop: FakeAnalytics) -> None:
    talk = house.talk("ana")
    talk.says("stop using my purchases for recommendations")
    assert agreed(shop)["personalisation"] is True
    talk.says("yes")
    assert agreed(shop)["personalisation"] is False
    answer = talk.says("recommend me something")
    assert "don't look at what you buy" in answer.text
    assert {card["reason"] for card in answer.cards} == {"one of this month's most bought"}
