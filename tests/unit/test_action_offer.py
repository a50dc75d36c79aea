"""Offers: made with their reason, or withheld honestly."""

from __future__ import annotations

import pytest

from actions.action_explain_recommendation import ExplainRecommendation
from actions.action_offer import MakeOffer
from analytics.records import OfferDecision
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation


@pytest.fixture
def shop() -> FakeAnalytics:
    return FakeAnalytics()


async def test_an_offer_is_made_with_its_reason_and_its_end(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(MakeOffer(), "any offers for me?")
    for words in ("10% off coffee", "because you often buy coffee", "31 May", "On every pack of coffee you buy."):
        assert said.always_says(words)
    assert said.slots["offers_made"] == ["C17"]


async def test_the_decision_is_recorded_with_its_propensity(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(MakeOffer(), "any offers for me?")
    assert said.data["decision"] == {
        "kind": "offer",
        "chosen": "C17",
        "withheld": None,
        "propensity": 1 / 2,
        "candidates": [{"offer_id": "C17", "probability": 1 / 2}, {"offer_id": "C18", "probability": 1 / 2}],
        "segment_id": 3,
        "rule": None,
        "reason": "because you often buy coffee",
    }


async def test_a_second_question_gets_another_offer_and_a_third_an_honest_no(shop: FakeAnalytics) -> None:
    conversation = Conversation(shop, "ana")
    await conversation.meets(MakeOffer(), "any offers?")
    second = await conversation.meets(MakeOffer(), "another?")
    assert second.slots["offers_made"] == ["C17", "C18"]
    assert second.names == ["utter_offer_made"]  # it has no end date
    third = await conversation.meets(MakeOffer(), "another?")
    assert third.names == ["utter_offer_no_other"]
    assert third.data["decision"]["withheld"] == "recently_offered"


async def test_no_offer_is_said_honestly_and_recorded(shop: FakeAnalytics) -> None:
    shop.offers = []
    said = await Conversation(shop, "ana").meets(MakeOffer(), "any offers?")
    assert said.names == ["utter_offer_none"]
    assert said.data["decision"]["withheld"] == "no_offer"


async def test_a_visitor_gets_a_general_offer(shop: FakeAnalytics) -> None:
    said = await Conversation(shop).meets(MakeOffer(), "any offers?")
    assert said.always_says("for everybody this week")


async def test_an_upset_customer_is_made_no_offer(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(MakeOffer(), "offers? you owe me one!!", sentiment=UPSET)
    assert said.always_says("sorry")
    assert said.data["decision"]["withheld"] == "mood"
    assert "offers_made" not in said.slots


async def test_a_customer_upset_lately_is_asked_whether_it_is_sorted_before_any_offer() -> None:
    class Careful(FakeAnalytics):
        """Remembers a bad mood of earlier turns."""

        def next_offer(self, customer_id, *, mood, recent):  # type: ignore[no-untyped-def]
            return super().next_offer(customer_id, mood=-0.9, recent=recent)

    said = await Conversation(Careful(), "ana").meets(MakeOffer(), "any offers?", sentiment=0.1)
    assert said.names == ["utter_offer_later"]
    assert said.data["decision"]["withheld"] == "mood"
    assert said.slots["open_question"] == "person"


async def test_she_hears_why_when_she_asks(shop: FakeAnalytics) -> None:
    conversation = Conversation(shop, "ana")
    await conversation.meets(MakeOffer(), "any offers for me?")
    said = await conversation.meets(ExplainRecommendation(), "why did I get this offer?")
    assert said.names == ["utter_offer_why"]
    assert said.always_says("because you often buy coffee")


@pytest.mark.parametrize("rule", ["buys_anyway", "segment"])
async def test_what_the_shops_rules_keep_back_is_told_without_saying_that_there_is_none(rule: str) -> None:
    class Ruled(FakeAnalytics):
        """Withholds by a rule."""

        def next_offer(self, customer_id, *, mood, recent):  # type: ignore[no-untyped-def]
            return OfferDecision(offer=None, withheld=rule, reason="r", propensity=0.9, rule=rule)

    said = await Conversation(Ruled(), "ana").meets(MakeOffer(), "any offers?")
    assert said.names == ["utter_offer_none_apart"]
    assert (said.data["decision"]["rule"], said.data["decision"]["propensity"]) == (rule, 0.9)
