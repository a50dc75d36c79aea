"""A yes is taken for what it answers."""

from __future__ import annotations

import pytest

from actions.action_affirm import Affirm
from actions.action_greet import Greet
from actions.action_recommend import RecommendProducts
from actions.action_refuse_recommendation import RefuseRecommendation
from analytics.records import DialogueProfile
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation


@pytest.fixture
def conversation() -> Conversation:
    return Conversation(FakeAnalytics(), "ana")


async def test_yes_to_others_shows_others(conversation: Conversation) -> None:
    await conversation.meets(RecommendProducts(), "recommend me something")
    await conversation.meets(RefuseRecommendation(), "not interested")
    said = await conversation.meets(Affirm(), "yes please")
    assert [card["id"] for card in said.cards] == ["104", "105", "106"]


async def test_yes_to_the_details_of_an_order_tells_where_it_is(conversation: Conversation) -> None:
    await conversation.meets(Greet(), "hello")
    assert (await conversation.meets(Affirm(), "yes")).names == ["utter_track_order_on_its_way_estimated"]


async def test_yes_to_looking_for_an_offer_makes_one(conversation: Conversation) -> None:
    shop = FakeAnalytics(profiles={"ben": DialogueProfile(customer_id="ben", last_topic="ask_offers")})
    conversation = Conversation(shop, "ben")
    await conversation.meets(Greet(), "hello")
    assert (await conversation.meets(Affirm(), "sure")).slots["offers_made"] == ["C17"]


async def test_yes_to_nothing_in_particular_asks_what_she_would_like(conversation: Conversation) -> None:
    assert (await conversation.meets(Affirm(), "ok")).names == ["utter_affirm_what_next"]


async def test_a_question_is_answered_once(conversation: Conversation) -> None:
    await conversation.meets(Greet(), "hello")
    await conversation.meets(Affirm(), "yes")
    assert (await conversation.meets(Affirm(), "yes")).names == ["utter_affirm_what_next"]


async def test_an_upset_yes_sells_nothing(conversation: Conversation) -> None:
    conversation.slots["open_question"] = "others"
    said = await conversation.meets(Affirm(), "yes, damn it", sentiment=UPSET)
    assert said.cards == []
    assert said.always_says("sorry")
