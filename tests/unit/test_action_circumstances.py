"""What the wording of a response may depend on, as an action tells it to Rasa."""

from __future__ import annotations

import pytest

from actions.action_greet import Greet
from actions.action_hand_over import HandOver
from analytics.records import Standing
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import Conversation

LOYAL = Standing(segment="loyal", history="returning")


@pytest.mark.parametrize(("sentiment", "mood"), [(-0.8, "upset"), (0.0, "calm"), (None, "calm"), (0.8, "glad")])
async def test_the_mood_of_the_message_is_kept(sentiment: float | None, mood: str) -> None:
    talk = Conversation(FakeAnalytics())
    await talk.meets(Greet(), "hi", sentiment=sentiment)
    assert talk.slots["mood"] == mood


async def test_how_she_shops_and_whether_we_have_talked_are_kept() -> None:
    talk = Conversation(FakeAnalytics(standings={"ana": LOYAL}), "ana")
    await talk.meets(Greet(), "hi")
    assert {name: talk.slots[name] for name in ("segment", "history", "channel")} == {
        "segment": "loyal", "history": "returning", "channel": "widget",
    }  # fmt: skip


async def test_a_visitor_is_not_looked_up() -> None:
    shop = FakeAnalytics()
    talk = Conversation(shop)
    await talk.meets(HandOver(), "a person please")
    assert (talk.slots["segment"], talk.slots["history"]) == ("visitor", "first")
    assert "standing" not in shop.asked


async def test_a_store_that_does_not_answer_keeps_nobody_from_a_person() -> None:
    shop = FakeAnalytics(down=True)
    said = await Conversation(shop, "ana").meets(HandOver(), "a person please")
    assert said.data["handoff"] == "asked"
