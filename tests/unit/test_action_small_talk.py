"""Small talk: an answer by topic, nothing sold, never a human."""

from __future__ import annotations

import re

import pytest

from actions.action_small_talk import ANSWERS, TalkSmall
from language.aspects import sentences_by_intent
from tests.support.dialogue_files import domain
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation


@pytest.fixture
def conversation() -> Conversation:
    return Conversation(FakeAnalytics(), "ana")


async def test_a_joke_is_told_when_asked_for(conversation: Conversation) -> None:
    said = await conversation.meets(TalkSmall(), "tell me a joke", intent="small_talk", aspect="joke")
    assert said.names == ["utter_small_talk_joke"]


async def test_who_asks_what_it_is_hears_that_it_is_a_program(conversation: Conversation) -> None:
    said = await conversation.meets(TalkSmall(), "are you human?", intent="bot_challenge")
    assert said.names == ["utter_bot_challenge_honest"]


async def test_the_name_is_told_whichever_intent_was_read(conversation: Conversation) -> None:
    for intent in ("bot_challenge", "small_talk"):
        said = await conversation.meets(TalkSmall(), "what's your name", intent=intent, aspect="name")
        assert said.names == ["utter_small_talk_name"]


async def test_no_joke_is_made_to_somebody_unhappy(conversation: Conversation) -> None:
    said = await conversation.meets(
        TalkSmall(), "everything is horrible", intent="small_talk", aspect="laugh", sentiment=UPSET
    )
    assert said.names == ["utter_small_talk_low"]


async def test_what_has_no_topic_but_sounds_sad_is_met_with_sympathy(conversation: Conversation) -> None:
    said = await conversation.meets(TalkSmall(), "the cat ran away", intent="small_talk", sentiment=-0.1)
    assert said.names == ["utter_small_talk_low"]


async def test_anything_else_leads_back_to_the_shop(conversation: Conversation) -> None:
    said = await conversation.meets(TalkSmall(), "it's friday", intent="small_talk", sentiment=0.2)
    assert said.names == ["utter_small_talk_other"]


def test_every_aspect_that_can_be_read_has_an_answer() -> None:
    read = set(sentences_by_intent()["small_talk"]) | set(sentences_by_intent()["bot_challenge"])
    assert read - {"honest"} == set(ANSWERS)


def test_no_answer_claims_a_body_and_none_is_longer_than_three_sentences() -> None:
    for name in ANSWERS.values():
        for variation in domain()["responses"][name]:
            assert not re.search(r"\bI (?:ate|slept|am human|'m human|live in|was born)\b", variation["text"])
            assert len(re.findall(r"[.!?](?:\s|$)", variation["text"])) <= 4
