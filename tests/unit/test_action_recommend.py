"""Recommendations: three cards with a reason each, never what was refused, never to somebody upset."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.action_recommend import RecommendProducts
from actions.action_refuse_recommendation import RefuseRecommendation
from analytics.records import DialogueProfile
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation, payload_of


@pytest.fixture
def shop() -> FakeAnalytics:
    return FakeAnalytics()


async def test_three_products_are_shown_as_cards_with_price_and_reason(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(RecommendProducts(), "recommend me something")
    assert [card["title"] for card in said.cards] == [
        "Kids cereal, 14.5 oz",
        "Decaf coffee, 12 oz",
        "Frozen pizza, 22 oz",
    ]
    assert [card["price"] for card in said.cards] == ["$2.99", "$7.50", "$4.00"]
    assert said.cards[0]["reason"] == "you buy it about every 9 days, last on 3 May"
    assert said.slots["shown_products"] == ["101", "102", "103"]


async def test_each_card_asks_why_and_lets_her_refuse_by_its_own_id(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(RecommendProducts(), "recommend me something")
    replies = [payload_of(reply["payload"]) for reply in said.cards[1]["quick_replies"]]
    assert replies == [
        ("explain_recommendation", {"product_id": "102"}),
        ("recommend", {"mode": "alike", "product_id": "102"}),
        ("refuse_recommendation", {"mode": "less", "product_id": "102"}),
        ("refuse_recommendation", {"product_id": "102"}),
    ]


async def test_an_id_with_quotes_in_it_makes_a_payload_that_can_be_read(shop: FakeAnalytics) -> None:
    shop.products = [replace(shop.products[0], product_id='9" pan')]
    said = await Conversation(shop, "ana").meets(RecommendProducts(), "recommend me something")
    assert payload_of(said.cards[0]["quick_replies"][0]["payload"])[1] == {"product_id": '9" pan'}


async def test_the_decision_is_recorded_with_what_was_shown(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(RecommendProducts(), "recommend me something")
    decision = said.data["decision"]
    assert (decision["kind"], decision["chosen"], decision["withheld"]) == ("recommendation", "101,102,103", None)
    assert (decision["propensity"], decision["segment_id"]) == (1.0, 3)


async def test_a_visitor_sees_what_is_popular(shop: FakeAnalytics) -> None:
    said = await Conversation(shop).meets(RecommendProducts(), "what is popular?")
    assert said.names[0] == "utter_recommend_bestsellers"
    assert shop.contexts[-1].mode == "popular"
    assert len(said.cards) == 3
    assert said.data["decision"]["segment_id"] is None


async def test_asking_again_shows_others(shop: FakeAnalytics) -> None:
    conversation = Conversation(shop, "ana")
    await conversation.meets(RecommendProducts(), "recommend me something")
    again = await conversation.meets(RecommendProducts(), "something else please")
    assert [card["id"] for card in again.cards] == ["104", "105", "106"]


async def test_what_was_refused_is_not_shown_again_in_the_conversation(shop: FakeAnalytics) -> None:
    conversation = Conversation(shop)
    await conversation.meets(RecommendProducts(), "recommend me something")
    await conversation.meets(RefuseRecommendation(), "not the second one")
    conversation.slots["shown_products"] = []
    again = await conversation.meets(RecommendProducts(), "recommend me something")
    assert "102" not in [card["id"] for card in again.cards]


async def test_what_the_profile_says_she_refused_is_not_shown(shop: FakeAnalytics) -> None:
    shop.profiles["ana"] = DialogueProfile(customer_id="ana", preferences={"refused_products": ["101", "103"]})
    said = await Conversation(shop, "ana").meets(RecommendProducts(), "recommend me something")
    assert [card["id"] for card in said.cards] == ["102", "104", "105"]


async def test_a_kind_of_product_is_taken_from_the_search_with_its_reason(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(
        RecommendProducts(), "recommend me a good coffee", product_query="coffee"
    )
    assert said.always_says("For coffee")
    assert [(card["id"], card["reason"]) for card in said.cards] == [
        ("102", "popular with shoppers whose baskets look like yours")
    ]


async def test_a_kind_that_is_not_there_is_answered_with_what_fits_her(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(RecommendProducts(), "recommend a ski", product_query="ski")
    assert said.names[0] == "utter_recommend_other_kind"
    assert len(said.cards) == 3


async def test_nothing_to_recommend_is_said_honestly(shop: FakeAnalytics) -> None:
    shop.products = []
    said = await Conversation(shop, "ana").meets(RecommendProducts(), "recommend me something")
    assert said.names == ["utter_recommend_none"]
    assert said.data == {}


async def test_an_upset_customer_gets_an_apology_instead_and_the_decision_says_why(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(RecommendProducts(), "recommend, you idiots", sentiment=UPSET)
    assert said.cards == []
    assert said.always_says("sorry")
    assert (said.data["decision"]["chosen"], said.data["decision"]["withheld"]) == (None, "mood")
    assert "recommend" not in shop.asked


async def test_a_price_that_is_not_known_is_left_out(shop: FakeAnalytics) -> None:
    shop.products = [product for product in shop.products if product.price is None]
    said = await Conversation(shop, "ana").meets(RecommendProducts(), "recommend me something")
    assert [card["price"] for card in said.cards] == [""]


async def test_an_analytics_failure_is_one_honest_line_with_a_way_to_a_person(shop: FakeAnalytics) -> None:
    shop.down = True
    said = await Conversation(shop, "ana").meets(RecommendProducts(), "recommend me something")
    assert said.names == ["utter_analytics_unavailable"]
    assert said.buttons == ["/talk_to_person"]
