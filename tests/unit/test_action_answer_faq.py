"""Standing questions: the shop's own answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.action_answer_faq import AnswerFaq
from analytics.facade import AnalyticsUnavailable
from analytics.help_records import HelpPassage
from tests.support import demo_shop
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation

FEES = HelpPassage(title="Delivery", text="It costs $4.90.", url="/help/delivery#fees", score=0.45)


@pytest.mark.parametrize(
    ("intent", "key"),
    [("ask_delivery", "delivery"), ("ask_returns", "returns"), ("ask_payment", "payment"), ("ask_hours", "hours")],
)
async def test_the_shops_own_answer_is_given(intent: str, key: str) -> None:
    said = await Conversation(FakeAnalytics()).meets(AnswerFaq(), "?", intent=intent)
    assert said.always_says(demo_shop.FACTS.answers[key])


async def test_a_question_the_shop_left_open_goes_to_a_person() -> None:
    shop = FakeAnalytics(facts=replace(demo_shop.FACTS, answers={}))
    said = await Conversation(shop).meets(AnswerFaq(), "opening hours?", intent="ask_hours")
    assert said.names == ["utter_faq_unknown"]
    assert said.buttons == ["/talk_to_person"]
    assert said.slots == {"open_question": "person"}


async def test_an_upset_question_is_answered_after_an_apology() -> None:
    said = await Conversation(FakeAnalytics()).meets(
        AnswerFaq(), "I want my money back!", intent="ask_returns", sentiment=UPSET
    )
    assert said.names == ["utter_apologise_first", "utter_faq_returns_more"]


async def test_the_short_answer_leads_to_the_page_that_fits_the_question() -> None:
    shop = FakeAnalytics(passages={"charge": FEES})
    said = await Conversation(shop).meets(AnswerFaq(), "what do you charge?", intent="ask_delivery")
    assert said.names == ["utter_faq_delivery_more"]
    assert said.always_says(demo_shop.FACTS.answers["delivery"])
    assert said.always_says("Read more: [Delivery](/help/delivery#fees)")


async def test_a_tap_leads_to_the_page_of_the_topic() -> None:
    shop = FakeAnalytics(passages={"delivery": FEES})
    said = await Conversation(shop).meets(AnswerFaq(), "/ask_delivery", intent="ask_delivery")
    assert said.names == ["utter_faq_delivery_more"]


async def test_a_passage_that_surely_answers_comes_instead_of_the_short_answer() -> None:
    shop = FakeAnalytics(passages={"charge": replace(FEES, score=0.5)})
    said = await Conversation(shop).meets(AnswerFaq(), "what do you charge?", intent="ask_delivery")
    assert said.names == ["utter_help_passage"]
    assert said.always_says("It costs $4.90.")


async def test_the_short_answer_needs_no_help_pages() -> None:
    def away(_text: str, _limit: int) -> list[HelpPassage]:
        raise AnalyticsUnavailable("no encoder")

    said = await Conversation(FakeAnalytics(search_help=away)).meets(AnswerFaq(), "hours?", intent="ask_hours")
    assert said.names == ["utter_faq_hours"]
