"""Accounts, data, complaints and payments through socket, gateway, Rasa, actions and store."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.corner_shop import Placed, place_in
from tests.support.dialogue_house import CornerShop
from tests.support.gateway_talk import GatewayTalk

Talks = Callable[..., GatewayTalk]


def test_a_card_number_and_a_password_are_nowhere_in_the_store(talks: Talks, corner: CornerShop) -> None:
    talk = talks()
    answer = talk.says("my card 4111 1111 1111 1111 is declined and my password is hunter2")
    assert "removed" in answer.texts[0]
    written = " ".join(text for (text,) in corner.rows("messages", "text"))
    assert "4111" not in written
    assert "hunter2" not in written


def test_the_newsletter_ends_and_the_choice_is_kept_with_its_time(talks: Talks, corner: CornerShop) -> None:
    talks("ana").says("please take me off your newsletter")
    ((purpose, granted, at),) = corner.rows("consents", "purpose", "granted", "decided_at")
    assert (purpose, granted) == ("newsletter", False)
    assert at is not None


def test_no_offers_and_nothing_personal_hold_at_once_and_after_coming_back(talks: Talks, corner: CornerShop) -> None:
    talk = talks("ana")
    assert "coffee" in talk.says("any offers for me?").text.lower()
    talk.says("please no more offers in this chat")
    talk.says("and stop using what I bought for recommendations")
    talk.says("yes")
    talk.leaves()
    assert "no offers" in talk.says("do you have an offer for me?").text
    answer = talk.says("recommend me something")
    assert "don't look at what you buy" in answer.text
    assert all("you buy" not in card["reason"] for card in answer.cards)
    assert len(corner.rows("consents", "purpose")) == 2


def test_her_account_is_closed_as_the_shop_promises_and_kept_after_all(talks: Talks, corner: CornerShop) -> None:
    talk = talks("ana")
    assert "within 30 days" in talk.says("I'd like to close my account for good").text
    talk.chooses("Yes, close it")
    assert corner.rows("account_requests", "kind", "customer_id", "status") == [("delete", "ana", "open")]
    talk.says("I changed my mind, please keep my account")
    assert corner.rows("account_requests", "status") == [("withdrawn",)]


def test_a_new_address_counts_once_its_link_was_opened(talks: Talks, corner: CornerShop) -> None:
    talk = talks("ana")
    talk.says("my new email is ana.brandt@example.org")
    assert "as soon as it's confirmed" in talk.says("yes please").text
    assert corner.rows("account_requests", "kind", "email") == [("email", "ana.brandt@example.org")]
    assert corner.rows("account_details", "email") == []


def test_a_new_name_greets_her_from_now_on(talks: Talks, corner: CornerShop) -> None:
    talk = talks("cleo")
    talk.says("please change my name to Cleopatra")
    talk.says("yes")
    assert corner.rows("account_details", "customer_id", "name") == [("cleo", "Cleopatra")]
    assert "Name: Cleopatra" in talk.says("what do you know about me?").text


def test_what_is_known_is_hers_alone(talks: Talks, corner: CornerShop) -> None:
    assert "Orders: 4" in talks("ana").says("which data do you have about me").text
    assert "Ana" not in talks().says("which data do you have about me").text
    assert corner.rows("account_requests", "kind") == []


def test_broken_goods_are_reported_with_what_she_said_and_a_credit_is_granted_once(
    talks: Talks, corner: CornerShop
) -> None:
    talk = talks("ana")
    answer = talk.says("this is the third time! the pizza in order 51030 arrived smashed, I'm furious")
    assert "Shall I report the damage?" in answer.text
    assert "credit of $" in answer.text
    talk.says("yes")
    assert corner.rows("order_requests", "kind", "order_id", "reason") == [("problem", "51030", "damaged")]
    again = talk.says("honestly, this shop is terrible, everything is always late, I hate it")
    assert "credit" not in again.text
    granted = [goodwill for (goodwill,) in corner.rows("complaints", "goodwill") if goodwill]
    assert len(granted) == 1


@pytest.mark.parametrize(
    "text", ["you will hear from my lawyer about this", "my daughter had an allergic reaction to your granola"]
)
def test_law_and_harm_go_to_the_queue(talks: Talks, corner: CornerShop, text: str) -> None:
    talk = talks("ana")
    talk.says(text)
    assert corner.owner(talk) == "queue"
    assert [row[0] for row in corner.rows("complaints", "severity")] == ["severe"]


def test_an_order_placed_twice_is_found_and_noted_for_a_person(talks: Talks, corner: CornerShop) -> None:
    milk = (("milk", 1, 2.79),)
    place_in(
        corner.database,
        Placed("5202", "ben", 0.05, "processing", milk),
        Placed("5203", "ben", 0.04, "processing", milk),
    )
    talk = talks("ben")
    answer = talk.says("you charged me twice for the same thing")
    assert "5202" in answer.text
    assert "5203" in answer.text
    talk.says("yes please")
    assert corner.owner(talk) == "queue"
    assert corner.rows("complaints", "topic", "note") == [("payment", "twice: 5202, 5203")]


@pytest.mark.parametrize(
    "text", ["cancel my order please", "my parcel is late", "where is my refund", "I need an invoice"]
)
def test_a_calm_request_is_no_complaint(talks: Talks, corner: CornerShop, text: str) -> None:
    answer = talks("ana").says(text)
    assert "sorry about" not in answer.texts[0]
    assert corner.rows("complaints", "topic") == []
