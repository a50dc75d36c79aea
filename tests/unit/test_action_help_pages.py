"""Answers from the help pages: a passage with its link, or an honest no."""

from __future__ import annotations

import pytest

from actions.action_fallback import Fallback
from actions.action_help import AnswerFromHelp
from actions.help_passages import MOST_CHARACTERS, shortened
from analytics.facade import AnalyticsUnavailable
from analytics.help_records import HelpPassage
from tests.support import demo_help
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation


async def test_a_question_is_answered_with_a_passage_and_its_link() -> None:
    said = await Conversation(FakeAnalytics()).meets(AnswerFromHelp(), "what are points?", intent="ask_help")
    assert said.names == ["utter_help_passage"]
    assert said.always_says(demo_help.POINTS.text)
    assert said.always_says("[Loyalty points](/help/loyalty#earning-points)")
    assert said.slots == {}


async def test_where_no_page_is_about_it_a_person_and_the_products_are_offered() -> None:
    said = await Conversation(FakeAnalytics()).meets(AnswerFromHelp(), "do you sharpen knives?", intent="ask_help")
    assert said.names == ["utter_help_nothing"]
    assert said.buttons == ["/talk_to_person", "/search_product", "/ask_help"]
    assert said.slots == {"open_question": "person"}


async def test_a_tap_shows_all_topics() -> None:
    said = await Conversation(FakeAnalytics()).meets(AnswerFromHelp(), "/ask_help", intent="ask_help")
    assert said.names == ["utter_help_topics"]
    assert said.always_says("(/help)")


async def test_a_shop_without_pages_has_no_topics_to_show() -> None:
    said = await Conversation(FakeAnalytics(pages=())).meets(AnswerFromHelp(), "/ask_help", intent="ask_help")
    assert said.names == ["utter_help_nothing"]


async def test_an_upset_question_is_answered_after_an_apology() -> None:
    conversation = Conversation(FakeAnalytics())
    said = await conversation.meets(AnswerFromHelp(), "my points are gone!!", intent="ask_help", sentiment=UPSET)
    assert said.names == ["utter_apologise_first", "utter_help_passage"]


async def test_without_search_it_is_said_that_something_is_wrong() -> None:
    def away(_text: str, _limit: int) -> list[HelpPassage]:
        raise AnalyticsUnavailable("no encoder")

    said = await Conversation(FakeAnalytics(search_help=away)).meets(AnswerFromHelp(), "points?", intent="ask_help")
    assert said.texts == [] or "utter_help_passage" not in said.names
    assert "utter_analytics_unavailable" in said.names


async def test_what_was_not_understood_is_answered_where_a_page_surely_does() -> None:
    said = await Conversation(FakeAnalytics()).meets(Fallback(), "points?", intent="nlu_fallback")
    assert said.names == ["utter_help_passage"]


async def test_what_is_out_of_scope_is_not_looked_up() -> None:
    said = await Conversation(FakeAnalytics()).meets(Fallback(), "points?", intent="out_of_scope")
    assert said.names == ["utter_fallback_out_of_scope"]


async def test_a_passage_that_only_might_fit_does_not_answer_what_was_not_understood() -> None:
    faint = HelpPassage(title="Points", text="One a dollar.", url="/help/loyalty", score=0.49)
    said = await Conversation(FakeAnalytics(passages={"points": faint})).meets(
        Fallback(), "points?", intent="nlu_fallback"
    )
    assert said.names == ["utter_fallback_unsure"]


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("One. Two. Three.", 16, "One. Two. Three."),
        ("One. Two. Three.", 15, "One. Two."),
        ("One. Two. Three.", 9, "One. Two."),
        ("One. Two. Three.", 8, "One."),
        ("one two, three four", 12, "one two …"),
        ("It costs $4.90 today. More.", 22, "It costs $4.90 today."),
    ],
)
def test_a_passage_is_cut_after_a_sentence_or_else_after_a_word(text: str, most: int, kept: str) -> None:
    assert shortened(text, most) == kept


def test_a_very_long_word_is_cut_all_the_same() -> None:
    assert len(shortened("x" * 1000)) <= MOST_CHARACTERS + 2
