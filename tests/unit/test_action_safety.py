"""Somebody who writes down a secret is warned, and helped all the same."""

from __future__ import annotations

import pytest

from actions.action_answer_faq import AnswerFaq
from language.redaction import redact
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import Conversation


@pytest.mark.parametrize(
    ("secret", "warning"),
    [
        ("my card is 4111 1111 1111 1111", "utter_safety_card"),
        ("my account is GB82 WEST 1234 5698 7654 32", "utter_safety_account"),
        ("my password is hunter2", "utter_safety_password"),
    ],
)
async def test_a_secret_is_warned_of_and_the_question_answered(secret: str, warning: str) -> None:
    said = await Conversation(FakeAnalytics()).meets(
        AnswerFaq(), redact(f"can i pay by card? {secret}"), intent="ask_payment"
    )
    assert said.names == [warning, "utter_faq_payment"]


async def test_nobody_is_warned_without_a_secret() -> None:
    said = await Conversation(FakeAnalytics()).meets(AnswerFaq(), "can i pay by card?", intent="ask_payment")
    assert said.names == ["utter_faq_payment"]
