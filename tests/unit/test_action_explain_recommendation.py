"""Why a product was shown: asked by quick reply, by place, by name, or of all of them."""

from __future__ import annotations

import pytest

from actions.action_explain_recommendation import ExplainRecommendation
from actions.action_recommend import RecommendProducts
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation

OWN_REASON = "you buy it about every 9 days, last on 3 May"
NEIGHBOURS_REASON = "popular with shoppers whose baskets look like yours"


@pytest.fixture
async def conversation() -> Conversation:
    conversation = Conversation(FakeAnalytics(), "ana")
    await conversation.meets(RecommendProducts(), "recommend me something")
    return conversation


async def test_the_cards_quick_reply_explains_that_product(conversation: Conversation) -> None:
    said = await conversation.meets(ExplainRecommendation(), "/explain_recommendation", product_id="102")
    assert said.always_says(NEIGHBOURS_REASON)
    assert said.always_says("Decaf coffee")


@pytest.mark.parametrize(
    "text", ["why the second one?", "why the 2nd", "why decaf?", "what is so good about that coffee"]
)
async def test_a_product_is_meant_by_its_place_or_its_name(conversation: Conversation, text: str) -> None:
    said = await conversation.meets(ExplainRecommendation(), text)
    assert said.names[0] == "utter_explain_one"
    assert said.always_says(NEIGHBOURS_REASON)


async def test_why_these_explains_each_of_them(conversation: Conversation) -> None:
    said = await conversation.meets(ExplainRecommendation(), "why this one?")
    assert said.always_says(f"• Kids cereal: {OWN_REASON}")
    assert said.always_says(f"• Decaf coffee: {NEIGHBOURS_REASON}")


async def test_a_place_beyond_the_list_is_taken_as_all_of_it(conversation: Conversation) -> None:
    conversation.slots.update(shown_products=["101", "102"], shown_names=["Kids cereal", "Decaf coffee"])
    assert (await conversation.meets(ExplainRecommendation(), "why the third?")).names[0] == "utter_explain_each"


async def test_a_card_of_long_ago_is_still_explained(conversation: Conversation) -> None:
    said = await conversation.meets(ExplainRecommendation(), "/explain_recommendation", product_id="105")
    assert said.names[0] == "utter_explain_unnamed"


async def test_without_anything_shown_the_answer_is_honest() -> None:
    said = await Conversation(FakeAnalytics(), "ana").meets(ExplainRecommendation(), "why this one?")
    assert said.names == ["utter_explain_nothing_shown"]


async def test_an_unknown_product_has_no_reason(conversation: Conversation) -> None:
    said = await conversation.meets(ExplainRecommendation(), "/explain_recommendation", product_id="999")
    assert said.names == ["utter_explain_nothing_shown"]


async def test_an_upset_why_is_answered_without_showing_more(conversation: Conversation) -> None:
    said = await conversation.meets(ExplainRecommendation(), "why the hell that", sentiment=UPSET)
    assert "utter_recommend_others" not in said.names
