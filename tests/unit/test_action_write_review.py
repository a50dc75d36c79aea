"""A review: which product, how many stars, which words, and a yes before it is kept."""

from __future__ import annotations

import pytest

from actions.action_affirm import Affirm
from actions.action_close_chat import CloseChat
from actions.action_deny import Deny
from actions.action_fallback import Fallback
from actions.action_track_order import TrackOrder
from actions.action_write_review import TakeReview
from actions.review_reading import named_in, stars_in, wants_no_words, words_in
from tests.support.demo_shop import PRODUCTS
from tests.support.fake_analytics import FakeAnalytics
from tests.support.order_store import stored
from tests.support.said import Conversation, payload_of


@pytest.fixture
def conversation() -> Conversation:
    return Conversation(FakeAnalytics(), "ana")


def kept(conversation: Conversation) -> list[tuple[object, ...]]:
    return stored(conversation.analytics.kept(), "reviews", "customer_id", "product_id", "stars", "text")


async def test_all_in_one_message_is_only_confirmed(conversation: Conversation) -> None:
    said = await conversation.meets(TakeReview(), "5 stars for the pizza, loved it", intent="write_review")
    assert said.names == ["utter_review_confirm"]
    assert kept(conversation) == []
    yes = await conversation.meets(Affirm(), "yes", intent="affirm")
    assert yes.names == ["utter_review_kept"]
    assert kept(conversation) == [("ana", "103", 5, "loved it")]


async def test_what_is_missing_is_asked_step_by_step(conversation: Conversation) -> None:
    which = await conversation.meets(TakeReview(), "i want to leave a review", intent="write_review")
    assert which.names[0] == "utter_review_which"
    stars = await conversation.meets(Fallback(), "the shampoo", intent="nlu_fallback")
    assert stars.names == ["utter_review_stars", "utter_review_star_choices"]
    words = await conversation.meets(TakeReview(), intent="write_review", mode="2")
    assert words.names == ["utter_review_words"]
    confirm = await conversation.meets(Fallback(), "it smells of nothing at all", intent="complain")
    assert confirm.names == ["utter_review_confirm"]
    low = await conversation.meets(Affirm(), "yes", intent="affirm")
    assert low.names == ["utter_review_kept_low"]
    assert kept(conversation) == [("ana", "105", 2, "it smells of nothing at all")]


async def test_stars_alone_are_enough(conversation: Conversation) -> None:
    await conversation.meets(TakeReview(), "4 stars for the decaf", intent="write_review")
    confirm = await conversation.meets(Deny(), "no thanks", intent="deny")
    assert confirm.names == ["utter_review_confirm_stars"]
    await conversation.meets(Affirm(), "yes", intent="affirm")
    assert kept(conversation) == [("ana", "102", 4, "")]


async def test_a_second_review_of_a_product_replaces_the_first(conversation: Conversation) -> None:
    for text in ("5 stars for the pizza, loved it", "2 stars for the pizza, it changed a lot"):
        await conversation.meets(TakeReview(), text, intent="write_review")
        await conversation.meets(Affirm(), "yes", intent="affirm")
    assert kept(conversation) == [("ana", "103", 2, "it changed a lot")]


async def test_a_no_keeps_nothing(conversation: Conversation) -> None:
    await conversation.meets(TakeReview(), "5 stars for the pizza, loved it", intent="write_review")
    said = await conversation.meets(Deny(), "no", intent="deny")
    assert said.names == ["utter_review_dropped"]
    assert kept(conversation) == []


async def test_the_stars_may_be_corrected_before_the_yes(conversation: Conversation) -> None:
    await conversation.meets(TakeReview(), "5 stars for the pizza, loved it", intent="write_review")
    await conversation.meets(Fallback(), "make it 4", intent="nlu_fallback")
    await conversation.meets(Affirm(), "yes", intent="affirm")
    assert kept(conversation) == [("ana", "103", 4, "loved it")]


async def test_a_question_between_is_answered_and_is_no_review(conversation: Conversation) -> None:
    await conversation.meets(TakeReview(), "4 stars for the decaf", intent="write_review")
    said = await conversation.meets(TrackOrder(), "where is my order?", intent="track_order")
    assert said.names[-2:] == ["utter_review_back", "utter_review_words"]
    again = await conversation.meets(TrackOrder(), "and where is it now?", intent="track_order")
    assert not any(name.startswith("utter_review") for name in again.names)
    assert again.slots["review_draft"] is None


async def test_a_product_she_never_bought_is_asked_about_again(conversation: Conversation) -> None:
    await conversation.meets(TakeReview(), "i want to leave a review", intent="write_review")
    said = await conversation.meets(Fallback(), "the caviar", intent="nlu_fallback")
    assert said.names[0] == "utter_review_not_found"


async def test_a_short_thank_you_is_not_the_words_of_a_review(conversation: Conversation) -> None:
    await conversation.meets(TakeReview(), "4 stars for the decaf", intent="write_review")
    said = await conversation.meets(CloseChat(), "thanks", intent="thank")
    assert said.names == ["utter_thank_welcome", "utter_review_back", "utter_review_words"]


async def test_what_she_never_bought_is_not_reviewed(conversation: Conversation) -> None:
    said = await conversation.meets(
        TakeReview(), "5 stars for the caviar", intent="write_review", product_query="caviar"
    )
    assert said.names[0] == "utter_review_not_found"


async def test_a_visitor_is_asked_to_sign_in() -> None:
    said = await Conversation(FakeAnalytics()).meets(TakeReview(), "5 stars for the pizza", intent="write_review")
    assert said.names == ["utter_review_sign_in"]


async def test_who_never_bought_anything_hears_so() -> None:
    said = await Conversation(FakeAnalytics(), "ben").meets(TakeReview(), "a review", intent="write_review")
    assert said.names == ["utter_review_nothing_bought"]


@pytest.mark.parametrize(
    ("text", "asked", "stars"),
    [
        ("5 stars for the pizza", False, 5),
        ("four out of five", False, 4),
        ("3/5", False, 3),
        ("★★ meh", False, 2),
        ("one star", False, 1),
        ("4", True, 4),
        ("i'd say four", True, 4),
        ("4", False, 0),
        ("4.5 stars", False, 0),
        ("12 stars", False, 0),
        ("order 5", True, 0),
    ],
)
def test_stars_are_read(text: str, *, asked: bool, stars: int) -> None:
    assert stars_in(text, asked=asked) == stars


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5 stars for the pizza, loved it", "loved it"),
        ("the crust was crisp and the cheese real. 5 stars!", "the crust was crisp and the cheese real."),
        ("Review of the tea: very mild, not for me. 2 stars", "very mild, not for me."),
        ("hi, i want to review the coffee", ""),
        ("4 stars", ""),
    ],
)
def test_the_words_of_a_review_are_what_is_left(text: str, words: str) -> None:
    assert words_in(text) == words


def test_a_product_is_named_by_its_words() -> None:
    assert [product.product_id for product in named_in("the decaf coffee was fine", PRODUCTS)] == ["102"]
    assert named_in("a review please", PRODUCTS) == []


def test_stars_without_words_are_a_choice() -> None:
    assert wants_no_words("no thanks, just the stars")
    assert not wants_no_words("nothing compares to this coffee, buy it while you can")


async def test_the_first_one_is_the_first_that_she_was_shown(conversation: Conversation) -> None:
    which = await conversation.meets(TakeReview(), "i want to leave a review", intent="write_review")
    shown = [payload_of(button)[1]["product_id"] for button in which.buttons if "product_id" in button]
    said = await conversation.meets(Fallback(), "the second one", intent="nlu_fallback")
    assert said.names[0] == "utter_review_stars"
    assert said.slots["review_draft"]["product_id"] == shown[1]
