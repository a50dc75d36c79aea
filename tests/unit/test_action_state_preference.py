"""Tastes: kept as she says them, acknowledged, taken back, and never kept of somebody who is not signed in."""

from __future__ import annotations

import pytest

from actions.action_refuse_recommendation import RefuseRecommendation
from actions.action_state_preference import StatePreference
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import Conversation


@pytest.fixture
def conversation() -> Conversation:
    return Conversation(FakeAnalytics(), "ana")


@pytest.mark.parametrize(
    ("text", "kept", "response"),
    [
        ("i don't like peanuts or mint", {"dislikes": ["peanuts", "mint"]}, "utter_preference_dislikes"),
        ("I prefer decaf", {"likes": ["decaf"]}, "utter_preference_likes"),
        ("we're vegan", {"diets": ["vegan"]}, "utter_preference_diet"),
        ("I'm allergic to kiwi", {"dislikes": ["kiwi"]}, "utter_preference_careful"),
        ("I'm vegan and I love hummus", {"diets": ["vegan"], "likes": ["hummus"]}, "utter_preference_several"),
    ],
)
async def test_what_she_says_is_kept_and_acknowledged(
    conversation: Conversation, text: str, kept: dict[str, list[str]], response: str
) -> None:
    said = await conversation.meets(StatePreference(), text)
    assert (said.names, said.data["preferences"]) == ([response], kept)
    assert all(said.always_says(thing) for things in kept.values() for thing in things)


async def test_what_she_takes_back_is_forgotten(conversation: Conversation) -> None:
    said = await conversation.meets(StatePreference(), "forget that I don't like peanuts")
    assert (said.names, said.data) == (["utter_preference_forgotten"], {"forgotten": {"dislikes": ["peanuts"]}})


async def test_a_button_forgets_all_tastes_but_not_the_products_turned_down(conversation: Conversation) -> None:
    said = await conversation.meets(StatePreference(), "/state_preference", mode="forget")
    assert said.names == ["utter_preference_all_forgotten"]
    assert said.data["forgotten"] == {"likes": ["*"], "dislikes": ["*"], "diets": ["*"], "less_of": ["*"]}


async def test_nothing_is_kept_of_a_visitor(conversation: Conversation) -> None:
    conversation.customer_id = None
    said = await conversation.meets(StatePreference(), "i'm vegetarian")
    assert (said.names, said.data) == (["utter_preference_visitor"], {})


async def test_without_a_thing_she_is_asked(conversation: Conversation) -> None:
    said = await conversation.meets(StatePreference(), "let me tell you what i like")
    assert said.names == ["utter_preference_which"]


async def test_what_was_just_shown_of_it_is_turned_down_too(conversation: Conversation) -> None:
    conversation.slots |= {"shown_products": ["102", "103"], "shown_names": ["decaf coffee", "frozen pizza"]}
    said = await conversation.meets(StatePreference(), "we don't drink coffee")
    assert said.data["preferences"] == {"dislikes": ["coffee"], "refused_products": ["102"]}
    assert said.slots["refused_products"] == ["102"]


async def test_a_thing_by_name_is_kept_where_it_is_read_as_a_no_to_products(conversation: Conversation) -> None:
    said = await conversation.meets(RefuseRecommendation(), "i can't stand tuna")
    assert (said.names, said.data["preferences"]) == (["utter_preference_dislikes"], {"dislikes": ["tuna"]})
