"""Standing questions: the shop's own answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.action_answer_faq import AnswerFaq
from tests.support import demo_shop
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation


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
    assert said.names == ["utter_apologise_first", "utter_faq_returns"]
