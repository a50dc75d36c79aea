"""Complaints, the way to a person, and what was not understood."""

from __future__ import annotations

import pytest

from actions.action_affirm import Affirm
from actions.action_answer_faq import AnswerFaq
from actions.action_apologise import Apologise
from actions.action_fallback import Fallback
from actions.action_hand_over import HandOver
from actions.action_search_product import SearchProduct
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation


@pytest.fixture
def conversation() -> Conversation:
    return Conversation(FakeAnalytics(), "ana")


async def test_asking_for_a_person_hands_over(conversation: Conversation) -> None:
    said = await conversation.meets(HandOver(), "I want to talk to a person", intent="talk_to_person")
    assert said.data == {"handoff": "asked"}
    assert said.always_says("colleague")


async def test_handing_over_works_while_analytics_is_away(conversation: Conversation) -> None:
    conversation.analytics = FakeAnalytics(down=True)
    said = await conversation.meets(HandOver(), "a person please", intent="talk_to_person")
    assert said.data == {"handoff": "asked"}


async def test_a_yes_after_an_apology_hands_over_as_angry(conversation: Conversation) -> None:
    await conversation.meets(Apologise(), "useless", intent="complain", sentiment=UPSET)
    said = await conversation.meets(Affirm(), "yes", intent="affirm")
    assert said.data == {"handoff": "angry"}
    assert said.slots == {"open_question": None}


async def test_the_first_message_not_understood_is_admitted_with_choices(conversation: Conversation) -> None:
    said = await conversation.meets(Fallback(), "mumble", intent="nlu_fallback")
    assert said.names == ["utter_fallback_unsure"]
    assert said.data["unmet"] == ["mumble"]
    assert len(said.buttons) == 4


async def test_what_is_beyond_the_shop_is_said_to_be(conversation: Conversation) -> None:
    said = await conversation.meets(Fallback(), "who won the game?", intent="out_of_scope")
    assert said.names == ["utter_fallback_out_of_scope"]


async def test_the_second_in_a_row_offers_a_person_and_a_yes_hands_over(conversation: Conversation) -> None:
    await conversation.meets(Fallback(), "mumble", intent="nlu_fallback")
    second = await conversation.meets(Fallback(), "mumble again", intent="out_of_scope")
    assert second.names == ["utter_fallback_person"]
    assert second.slots == {"unsure_turns": 2, "open_question": "person"}
    yes = await conversation.meets(Affirm(), "yes", intent="affirm")
    assert yes.data == {"handoff": "twice_unsure"}
    assert yes.slots == {"unsure_turns": 0, "open_question": None}


async def test_the_quick_reply_to_the_offered_person_tells_why_but_her_own_words_only_that_she_asked(
    conversation: Conversation,
) -> None:
    await conversation.meets(Apologise(), "useless", intent="complain", sentiment=UPSET)
    asked = dict(conversation.slots)
    by_choice = await conversation.meets(HandOver(), "/talk_to_person", intent="talk_to_person")
    conversation.slots = asked
    in_words = await conversation.meets(HandOver(), "yes, a person", intent="talk_to_person")
    assert (by_choice.data, in_words.data) == ({"handoff": "angry"}, {"handoff": "asked"})


async def test_an_understood_message_between_starts_the_count_anew(conversation: Conversation) -> None:
    await conversation.meets(Fallback(), "mumble", intent="nlu_fallback")
    between = await conversation.meets(AnswerFaq(), "opening hours?", intent="ask_hours")
    assert between.slots == {"unsure_turns": 0}
    said = await conversation.meets(Fallback(), "mumble", intent="nlu_fallback")
    assert said.names == ["utter_fallback_unsure"]


async def test_a_plain_answer_between_starts_the_count_anew_too(conversation: Conversation) -> None:
    await conversation.meets(Fallback(), "mumble", intent="nlu_fallback")
    conversation.events += [{"event": "user"}, {"event": "action", "name": "utter_thank_welcome"}]
    said = await conversation.meets(Fallback(), "mumble", intent="nlu_fallback")
    assert said.slots["unsure_turns"] == 1


async def test_a_bare_word_after_what_are_you_looking_for_is_searched(conversation: Conversation) -> None:
    await conversation.meets(SearchProduct(), "/search_product", intent="search_product")
    said = await conversation.meets(Fallback(), "pizza", intent="nlu_fallback")
    assert [card["id"] for card in said.cards] == ["103"]


async def test_a_word_that_names_nothing_falls_back_all_the_same(conversation: Conversation) -> None:
    await conversation.meets(SearchProduct(), "/search_product", intent="search_product")
    said = await conversation.meets(Fallback(), "flurb", intent="nlu_fallback")
    assert said.names == ["utter_fallback_unsure"]


async def test_a_message_that_is_probably_a_search_is_searched_before_giving_up(conversation: Conversation) -> None:
    said = await conversation.meets(
        Fallback(), "frozen pizza maybe", intent="nlu_fallback", ranking=("nlu_fallback", "search_product")
    )
    assert [card["id"] for card in said.cards] == ["103"]


async def test_an_upset_message_not_understood_gets_an_apology(conversation: Conversation) -> None:
    said = await conversation.meets(Fallback(), "aaargh you fools", intent="nlu_fallback", sentiment=UPSET)
    assert said.names == ["utter_complaint_other"]


async def test_an_upset_request_for_a_person_is_met_with_sympathy(conversation: Conversation) -> None:
    said = await conversation.meets(HandOver(), "get me a human NOW", intent="talk_to_person", sentiment=UPSET)
    assert said.names == ["utter_hand_over_upset"]
