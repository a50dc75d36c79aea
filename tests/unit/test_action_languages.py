"""Which language the bot speaks, said in both; a yes brings a person."""

from __future__ import annotations

import pytest

from actions.action_affirm import Affirm
from actions.action_languages import TellLanguages
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import Conversation


@pytest.fixture
def conversation() -> Conversation:
    return Conversation(FakeAnalytics())


async def test_spanish_is_answered_in_spanish_and_in_english(conversation: Conversation) -> None:
    said = await conversation.meets(TellLanguages(), "¿dónde está mi pedido?", intent="ask_languages", aspect="es")
    assert said.names == ["utter_languages_es"]
    assert said.always_says("Lo siento")
    assert said.always_says("only speak English")


async def test_a_language_asked_for_by_name_is_answered_in_it(conversation: Conversation) -> None:
    said = await conversation.meets(TellLanguages(), "do you speak german?", intent="ask_languages")
    assert said.names == ["utter_languages_de"]


async def test_a_yes_brings_a_person(conversation: Conversation) -> None:
    await conversation.meets(TellLanguages(), "which languages do you speak", intent="ask_languages")
    assert (await conversation.meets(Affirm(), "sí", intent="affirm")).data == {"handoff": "asked"}


async def test_who_asks_for_english_has_it(conversation: Conversation) -> None:
    said = await conversation.meets(TellLanguages(), "do you speak english?", intent="ask_languages")
    assert said.names == ["utter_languages_english"]
    assert said.data == {}
