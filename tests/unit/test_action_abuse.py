"""Rough words are met calmly, danger by people who can help."""

from __future__ import annotations

import pytest

from actions.action_abuse import MeetAbuse
from actions.action_affirm import Affirm
from actions.action_small_talk import TalkSmall
from actions.action_track_order import TrackOrder
from language.distress import in_distress
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation


@pytest.fixture
def conversation() -> Conversation:
    return Conversation(FakeAnalytics(), "ana")


async def test_an_insult_is_answered_by_an_offer_of_help(conversation: Conversation) -> None:
    said = await conversation.meets(MeetAbuse(), "you idiot", intent="abuse", sentiment=UPSET)
    assert said.names == ["utter_abuse_first"]
    assert said.slots == {"rough_words": 1, "open_question": "person"}


async def test_the_second_time_a_person_is_offered_and_a_yes_brings_one(conversation: Conversation) -> None:
    await conversation.meets(MeetAbuse(), "you idiot", intent="abuse")
    await conversation.meets(TalkSmall(), "nice weather", intent="small_talk", aspect="weather")
    again = await conversation.meets(MeetAbuse(), "shut up", intent="abuse")
    assert again.names == ["utter_abuse_again"]
    assert again.data == {"outcome": "offered_person"}
    assert (await conversation.meets(Affirm(), "yes", intent="affirm")).data == {"handoff": "angry"}


async def test_the_obscene_hears_that_it_is_a_program(conversation: Conversation) -> None:
    said = await conversation.meets(MeetAbuse(), "are you naked", intent="abuse", aspect="intimate")
    assert said.names == ["utter_abuse_intimate"]
    assert said.always_says("program")


async def test_a_threat_goes_to_a_person_at_once(conversation: Conversation) -> None:
    said = await conversation.meets(MeetAbuse(), "i will find out where you live and hurt you", intent="abuse")
    assert said.data == {"handoff": "angry"}


async def test_words_of_despair_come_before_whatever_was_asked(conversation: Conversation) -> None:
    said = await conversation.meets(TrackOrder(), "where is my order, i want to kill myself", intent="track_order")
    assert said.names == ["utter_safety_distress"]
    assert said.data == {"handoff": "in_danger"}


@pytest.mark.parametrize(
    "text",
    [
        "I don't want to live anymore",
        "sometimes i think about suicide",
        "i just want to die",
        "my husband is going to hurt me",
        "please call an ambulance",
    ],
)
def test_distress_is_heard(text: str) -> None:
    assert in_distress(text)


@pytest.mark.parametrize(
    "text",
    [
        "I could kill myself for forgetting the milk",
        "this cake is to die for",
        "my phone died",
        "do you sell the suicide squad dvd",
        "i live for your coffee",
        "the queue was killing me",
    ],
)
def test_ways_of_speaking_are_none(text: str) -> None:
    assert not in_distress(text)
