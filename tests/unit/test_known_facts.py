"""What she hears when she asks what is known of her."""

from __future__ import annotations

import pytest

from actions.action_privacy_request import ServePrivacy
from actions.known_facts import spoken_expectation, spoken_tastes
from analytics.profile_records import Preferences
from analytics.records import DialogueProfile
from tests.support.fake_analytics import FakeAnalytics
from tests.support.known_people import a_prediction, expected
from tests.support.said import Conversation


def test_tastes_are_worded() -> None:
    stated = {"diets": ("vegetarian",), "likes": ("tea", "figs"), "dislikes": ("olives",)}
    assert spoken_tastes(stated) == "vegetarian; you like tea and figs; you don't like olives"
    assert spoken_tastes({}) == ""


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        ([a_prediction("next_order", 5)], "your next order around 15 May"),
        ([a_prediction("next_order", 5), a_prediction("next_category", 0.6, label="Coffee")],
         "your next order around 15 May, with coffee in it"),
        ([a_prediction("next_order", 400), a_prediction("churn", 0.8)], "that you shop less than you used to"),
        ([a_prediction("churn", 0.2)], ""),
    ],
)  # fmt: skip
def test_expectations_are_worded_kindly_and_without_probabilities(listed: list, words: str) -> None:  # type: ignore[type-arg]
    told = spoken_expectation(expected(*listed))
    assert told.replace(" 2026", "") == words
    assert "%" not in told


async def test_she_hears_all_of_it() -> None:
    shop = FakeAnalytics()
    shop.profiles["ana"] = DialogueProfile(customer_id="ana", preferences={"likes": ["tea"]})
    shop.known_of["ana"] = {"unmet_requests": ("oat milk",), "predictions": expected(a_prediction("churn", 0.9))}
    shop.rating_service().rate("c", "ana", 4)
    shop.review_service().write("ana", "101", stars=5, text="", sentiment=None, key="k")
    said = await Conversation(shop, "ana").meets(ServePrivacy(), "what do you know about me", intent="privacy_request")
    for words in ("you like tea", "oat milk", "1 review of products, 1 rating of chats", "less than you used to"):
        assert said.always_says(words)


async def test_nothing_is_told_as_nothing() -> None:
    shop = FakeAnalytics()
    shop.known_of["ben"] = {"preferences": Preferences()}
    said = await Conversation(shop, "ben").meets(ServePrivacy(), "what do you know about me", intent="privacy_request")
    assert said.always_says("What I expect: –")
