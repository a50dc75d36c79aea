"""Why a product was shown: asked by quick reply, by place, by name, or of all of them."""

from __future__ import annotations

import pytest

from actions.action_explain_recommendation import ExplainRecommendation
from actions.action_find_substitute import FindSubstitute
from actions.action_goes_with import GoesWith
from actions.action_recommend import RecommendProducts
from actions.base import EngagementAction
from analytics.records import Product
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation

OWN_REASON = "you buy it about every 9 days, last on 3 May"
NEIGHBOURS_REASON = "popular with shoppers whose baskets look like yours"


def with_another_cereal() -> FakeAnalytics:
    """Give a shop with something like the kids cereal, for which "why" would give another reason by itself."""
    shop = FakeAnalytics()
    granola = Product(product_id="201", name="Granola, 12 oz", category="Cold cereal", department="Grocery", price=3.0)
    shop.products.append(granola)
    shop.reasons["201"] = "one of this month's most bought"
    return shop


@pytest.fixture
async def conversation() -> Conversation:
    conversation = Conversation(with_another_cereal(), "ana")
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


async def test_why_after_something_like_it_is_the_reason_that_list_gave(conversation: Conversation) -> None:
    alike = await conversation.meets(RecommendProducts(), "something like the cereal", product_id="101")
    assert alike.names[0] == "utter_alike_found"
    said = await conversation.meets(ExplainRecommendation(), "why the first one?")
    assert said.always_says(alike.cards[0]["reason"])


@pytest.mark.parametrize(("action", "text", "said_first"), [
    (FindSubstitute(), "what can I take instead of it?", "utter_substitute_found"),
    (GoesWith(), "what goes with it?", "utter_goes_with_found"),
])  # fmt: skip
async def test_why_after_a_suggestion_is_the_reason_it_gave(
    action: EngagementAction, text: str, said_first: str
) -> None:
    conversation = Conversation(with_another_cereal(), "ana")
    suggested = await conversation.meets(action, text, product_id="101")
    assert suggested.names[0] == said_first
    said = await conversation.meets(ExplainRecommendation(), "why the first one?")
    assert said.always_says(suggested.cards[0]["reason"])


async def test_a_card_two_lists_ago_keeps_its_reason(conversation: Conversation) -> None:
    await conversation.meets(RecommendProducts(), "something like the cereal", product_id="101")
    said = await conversation.meets(ExplainRecommendation(), "/explain_recommendation", product_id="101")
    assert said.always_says(OWN_REASON)


async def test_without_anything_shown_the_answer_is_honest() -> None:
    said = await Conversation(FakeAnalytics(), "ana").meets(ExplainRecommendation(), "why this one?")
    assert said.names == ["utter_explain_nothing_shown"]


async def test_an_unknown_product_has_no_reason(conversation: Conversation) -> None:
    said = await conversation.meets(ExplainRecommendation(), "/explain_recommendation", product_id="999")
    assert said.names == ["utter_explain_nothing_shown"]


async def test_an_upset_why_is_answered_without_showing_more(conversation: Conversation) -> None:
    said = await conversation.meets(ExplainRecommendation(), "why the hell that", sentiment=UPSET)
    assert "utter_recommend_others" not in said.names
