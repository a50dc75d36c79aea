"""The house as one: a few dialogues through socket, gateway, Rasa, actions, analytics and store."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.dialogue_house import CornerShop
from tests.support.gateway_talk import GatewayTalk

Talks = Callable[..., GatewayTalk]


def test_an_order_is_cancelled_after_a_yes_and_every_turn_is_kept(talks: Talks, corner: CornerShop) -> None:
    talk = talks("ana")
    assert "51010" in talk.says("please cancel my order").text
    assert corner.rows("order_requests", "kind") == []
    talk.chooses("Yes, cancel it")
    assert corner.rows("order_requests", "kind", "order_id", "customer_id") == [("cancel", "51010", "ana")]
    assert ("51010", "cancelled") in corner.rows("orders", "order_id", "changed_status")
    assert next(turn.intent for turn in corner.turns(talk)) == "cancel_order"
    assert corner.rows("profiles", "customer_id", "turns") == [("ana", 2)]


def test_every_test_has_a_shop_of_its_own(corner: CornerShop) -> None:
    assert corner.rows("order_requests", "kind") == []
    assert corner.rows("conversations", "customer_id") == []


def test_who_comes_back_later_is_still_in_her_conversation(talks: Talks, corner: CornerShop) -> None:
    talk = talks("ana")
    talk.says("cancel my order")
    first = talk.conversation_id
    talk.leaves()
    talk.says("yes please")
    assert talk.conversation_id == first
    assert corner.rows("order_requests", "kind", "order_id") == [("cancel", "51010")]


def test_a_person_takes_over_and_the_bot_stays_silent(talks: Talks, corner: CornerShop) -> None:
    talk = talks("ana")
    talk.says("let me talk to a human")
    assert corner.owner(talk) == "queue"
    assert talk.says("are you there?").messages == ()


def test_she_gets_recommendations_with_what_the_shop_sells(talks: Talks, corner: CornerShop) -> None:
    answer = talks("ana").says("what would you recommend to me?")
    assert answer.cards
    assert {card["title"] for card in answer.cards} <= {name for (name,) in corner.rows("products", "name")}
