"""A no to a product: acknowledged, kept on the profile, not argued with."""

from __future__ import annotations

import pytest

from actions.action_recommend import RecommendProducts
from actions.action_refuse_recommendation import RefuseRecommendation
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation, payload_of


@pytest.fixture
async def conversation() -> Conversation:
    conversation = Conversation(FakeAnalytics(), "ana")
    await conversation.meets(RecommendProducts(), "recommend me something")
    return conversation


async def test_the_cards_quick_reply_refuses_that_product(conversation: Conversation) -> None:
    said = await conversation.meets(RefuseRecommendation(), "/refuse_recommendation", product_id="102")
    assert said.data["preferences"] == {"refused_products": ["102"]}
    assert said.always_says("Decaf coffee")


async def test_not_interested_refuses_all_that_were_shown(conversation: Conversation) -> None:
    said = await conversation.meets(RefuseRecommendation(), "not interested")
    assert said.data["preferences"] == {"refused_products": ["101", "102", "103"]}
    assert said.names[0] == "utter_refuse_noted_all"


async def test_refusals_add_up_over_the_conversation(conversation: Conversation) -> None:
    await conversation.meets(RefuseRecommendation(), "not the first one")
    said = await conversation.meets(RefuseRecommendation(), "nor the last")
    assert said.slots["refused_products"] == ["101", "103"]


async def test_others_are_offered_afterwards(conversation: Conversation) -> None:
    said = await conversation.meets(RefuseRecommendation(), "not interested")
    assert '/recommend{"mode": "more"}' in said.buttons


async def test_an_upset_refusal_is_noted_and_left_at_that(conversation: Conversation) -> None:
    said = await conversation.meets(RefuseRecommendation(), "I hate all of this", sentiment=UPSET)
    assert said.names == ["utter_refuse_noted_all", "utter_what_instead"]
    assert {payload_of(button)[0] for button in said.buttons}.isdisjoint({"recommend", "ask_offers"})


async def test_a_no_before_anything_was_shown_is_taken_kindly() -> None:
    said = await Conversation(FakeAnalytics()).meets(RefuseRecommendation(), "not interested")
    assert said.names == ["utter_refuse_nothing_shown"]
    assert said.data == {}


async def test_a_product_whose_name_is_not_known_is_refused_all_the_same() -> None:
    said = await Conversation(FakeAnalytics()).meets(RefuseRecommendation(), "/refuse", product_id="105")
    assert said.names[0] == "utter_refuse_noted_unnamed"
    assert said.data["preferences"] == {"refused_products": ["105"]}
