"""A no is taken for what it answers."""

from __future__ import annotations

import pytest

from actions.action_deny import Deny
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import Conversation


@pytest.mark.parametrize("text", ["no, just sort it out", "no! fix this", "nope, just get it done", "no, do something"])
async def test_a_no_to_talking_after_an_apology_is_none_to_being_helped(text: str) -> None:
    conversation = Conversation(FakeAnalytics(), "ana", slots={"open_question": "person"})
    said = await conversation.meets(Deny(), text, intent="deny")
    assert (said.names, said.data) == (["utter_deny_sort_out"], {"handoff": "angry"})


@pytest.mark.parametrize(("text", "asked"), [("no thanks", "person"), ("no, sort it out", "others")])
async def test_a_plain_no_is_left_at_that(text: str, asked: str) -> None:
    conversation = Conversation(FakeAnalytics(), "ana", slots={"open_question": asked})
    said = await conversation.meets(Deny(), text, intent="deny")
    assert (said.names, said.data) == (["utter_deny_all_right"], {})
