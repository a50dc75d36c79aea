"""How was this chat: asked once, after something was served; the score and the words are kept."""

from __future__ import annotations

import pytest

from actions.action_answer_faq import AnswerFaq
from actions.action_apologise import Apologise
from actions.action_cancel_order import CancelOrder
from actions.action_close_chat import CloseChat
from actions.action_deny import Deny
from actions.action_fallback import Fallback
from actions.action_give_feedback import TakeFeedback
from actions.action_greet import Greet
from actions.rating_reading import score_in
from tests.support.fake_analytics import FakeAnalytics
from tests.support.order_store import stored
from tests.support.said import UPSET, Conversation

ASKED = ["utter_rating_ask_thanks", "utter_rating_choices"]


@pytest.fixture
def conversation() -> Conversation:
    return Conversation(FakeAnalytics(), "ana")


def kept(conversation: Conversation) -> list[tuple[object, ...]]:
    return stored(conversation.analytics.kept(), "chat_ratings", "customer_id", "score", "comment", "declined")


async def served(conversation: Conversation) -> None:
    await conversation.meets(AnswerFaq(), "can i pay by card?", intent="ask_payment")


async def test_after_being_served_a_thank_you_is_asked_how_it_was(conversation: Conversation) -> None:
    await served(conversation)
    assert (await conversation.meets(CloseChat(), "thanks!", intent="thank")).names == ASKED
    rated = await conversation.meets(TakeFeedback(), intent="give_feedback", mode="5")
    assert rated.names == ["utter_rating_thanks_good"]
    assert kept(conversation) == [("ana", 5, "", False)]


async def test_it_is_asked_once_a_conversation(conversation: Conversation) -> None:
    await served(conversation)
    await conversation.meets(CloseChat(), "thanks!", intent="thank")
    await served(conversation)
    said = await conversation.meets(CloseChat(), "bye", intent="goodbye")
    assert said.names == ["utter_goodbye_see_you"]


async def test_who_only_said_hello_is_not_asked(conversation: Conversation) -> None:
    await conversation.meets(Greet(), "hi", intent="greet")
    assert (await conversation.meets(CloseChat(), "thanks", intent="thank")).names == ["utter_thank_welcome"]


async def test_somebody_upset_is_not_asked(conversation: Conversation) -> None:
    await served(conversation)
    said = await conversation.meets(CloseChat(), "thanks for nothing", intent="thank", sentiment=UPSET)
    assert said.names == ["utter_thank_welcome"]


async def test_nothing_is_asked_while_a_request_is_under_way(conversation: Conversation) -> None:
    await conversation.meets(CancelOrder(), "cancel order 40251", intent="cancel_order", order_id="40251")
    conversation.slots["order_request"] = {"kind": "cancel", "key": "k", "asked_at": 0.0}
    assert "utter_rating_choices" not in (await conversation.meets(CloseChat(), "thanks", intent="thank")).names


async def test_a_low_score_asks_for_her_words_and_keeps_them(conversation: Conversation) -> None:
    await served(conversation)
    await conversation.meets(CloseChat(), "thanks", intent="thank")
    low = await conversation.meets(Fallback(), "not so good", intent="nlu_fallback")
    assert low.names == ["utter_rating_thanks_low"]
    noted = await conversation.meets(Fallback(), "you took too long", intent="nlu_fallback")
    assert noted.names == ["utter_feedback_noted"]
    assert kept(conversation) == [("ana", 2, "you took too long", False)]


async def test_a_complaint_is_a_comment_and_served_as_a_complaint(conversation: Conversation) -> None:
    await conversation.meets(TakeFeedback(), intent="give_feedback", mode="1")
    said = await conversation.meets(Apologise(), "the driver was rude to me", intent="complain", sentiment=UPSET)
    assert "utter_complaint_staff" in said.names
    assert kept(conversation) == [("ana", 1, "the driver was rude to me", False)]


async def test_who_would_rather_not_say_is_left_alone(conversation: Conversation) -> None:
    await served(conversation)
    await conversation.meets(CloseChat(), "thanks", intent="thank")
    assert (await conversation.meets(Deny(), "no thanks", intent="deny")).names == ["utter_rating_declined"]
    assert kept(conversation) == [("ana", None, "", True)]


async def test_a_new_question_is_answered_and_not_taken_for_a_score(conversation: Conversation) -> None:
    await served(conversation)
    await conversation.meets(CloseChat(), "thanks", intent="thank")
    said = await conversation.meets(AnswerFaq(), "when are you open?", intent="ask_hours")
    assert not any(name.startswith("utter_rating") for name in said.names)


async def test_she_may_rate_whenever_she_likes(conversation: Conversation) -> None:
    asked = await conversation.meets(TakeFeedback(), "i want to rate this chat", intent="give_feedback")
    assert asked.names == ["utter_rating_ask", "utter_rating_choices"]
    told = await conversation.meets(TakeFeedback(), "i give this chat 4 out of 5", intent="give_feedback")
    assert told.names == ["utter_rating_thanks_good"]


async def test_a_suggestion_is_noted(conversation: Conversation) -> None:
    said = await conversation.meets(TakeFeedback(), "feedback: please open on sundays", intent="give_feedback")
    assert said.names == ["utter_feedback_noted"]
    assert kept(conversation) == [("ana", None, "please open on sundays", False)]


@pytest.mark.parametrize(
    ("text", "score"),
    [("5", 5), ("very good", 5), ("good", 4), ("not so good", 2), ("meh", 3), ("terrible", 1), ("4 stars", 4)],
)
def test_a_score_is_read_out_of_her_words(text: str, score: int) -> None:
    assert score_in(text) == score
