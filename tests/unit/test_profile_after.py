"""How one more turn changes what conversations told of a customer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.dialogue.profile import (
    FEELING_WEIGHT,
    LEAST_WEIGHT,
    PREFERENCES_KEPT,
    UNMET_KEPT,
    UNMET_LENGTH,
    profile_after,
)
from analytics.records import DialogueProfile, TurnSignal
from tests.support.shop_in_memory import NOW, ago

EMPTY = DialogueProfile(customer_id="ana")


def turn(sentiment: float | None = None, intent: str | None = "greet", **preferences: list[str]) -> TurnSignal:
    return TurnSignal(customer_id="ana", intent=intent, sentiment=sentiment, at=NOW, preferences=preferences)


def test_the_first_turn_sets_the_mood() -> None:
    after = profile_after(EMPTY, turn(-0.8))
    assert (after.sentiment, after.sentiment_slope, after.turns) == (-0.8, 0.0, 1)


def test_later_turns_move_the_mood_part_of_the_way() -> None:
    after = profile_after(DialogueProfile(customer_id="ana", sentiment=0.5, turns=4), turn(-0.5))
    change = (LEAST_WEIGHT + FEELING_WEIGHT * 0.5) * (-0.5 - 0.5)
    assert after.sentiment == pytest.approx(0.5 + change)
    assert after.sentiment_slope == pytest.approx(change)


def test_an_angry_message_outlives_the_plain_requests_that_follow_it() -> None:
    angry = profile_after(EMPTY, turn(-0.9))
    asked_twice = profile_after(profile_after(angry, turn(0.0)), turn(0.0))
    assert asked_twice.sentiment == pytest.approx(-0.9 * (1 - LEAST_WEIGHT) ** 2)
    thankful = profile_after(profile_after(asked_twice, turn(0.8)), turn(0.8))
    assert thankful.sentiment is not None
    assert thankful.sentiment > 0


def test_a_turn_without_sentiment_leaves_the_mood() -> None:
    before = DialogueProfile(customer_id="ana", sentiment=0.5, sentiment_slope=0.1)
    after = profile_after(before, turn(None))
    assert (after.sentiment, after.sentiment_slope) == (0.5, 0.1)


def test_a_mood_never_leaves_its_range() -> None:
    assert profile_after(EMPTY, turn(-7.0)).sentiment == -1.0


def test_topics_are_counted_and_the_last_is_kept() -> None:
    after = profile_after(profile_after(profile_after(EMPTY, turn()), turn(intent="track_order")), turn(intent=None))
    assert after.topics == {"greet": 1, "track_order": 1}
    assert (after.last_topic, after.turns, after.last_contact_at) == ("track_order", 3, NOW)


@pytest.mark.parametrize(
    "intent",
    [
        "greet",
        "thank",
        "goodbye",
        "affirm",
        "deny",
        "bot_challenge",
        "small_talk",
        "abuse",
        "nlu_fallback",
        "out_of_scope",
    ],
)
def test_small_talk_counts_but_leaves_the_last_topic(intent: str) -> None:
    after = profile_after(DialogueProfile(customer_id="ana", last_topic="search_product"), turn(intent=intent))
    assert after.last_topic == "search_product"
    assert after.topics == {intent: 1}


def test_somebody_who_only_said_hello_has_no_last_topic() -> None:
    assert profile_after(EMPTY, turn(intent="greet")).last_topic is None


def test_preferences_are_merged_each_once_the_newest_last() -> None:
    before = DialogueProfile(customer_id="ana", preferences={"refused_products": ["1", "2"], "liked": ["x"]})
    after = profile_after(before, turn(refused_products=["1", "3", "3"]))
    assert after.preferences == {"refused_products": ["2", "1", "3"], "liked": ["x"]}


def test_only_the_newest_preferences_are_kept() -> None:
    many = [str(number) for number in range(PREFERENCES_KEPT + 1)]
    assert profile_after(EMPTY, turn(refused_products=many)).preferences["refused_products"] == many[1:]


def test_the_profile_before_stays_as_it_was() -> None:
    before = DialogueProfile(customer_id="ana", topics={"greet": 1}, last_contact_at=ago(1))
    profile_after(before, turn(0.5, refused_products=["1"]))
    assert before == DialogueProfile(customer_id="ana", topics={"greet": 1}, last_contact_at=ago(1))


def test_what_she_takes_back_is_gone_whatever_the_case() -> None:
    likes = DialogueProfile(customer_id="ana", preferences={"dislikes": ["Peanuts", "mint"], "likes": ["tea"]})
    after = profile_after(likes, replace(turn(), forgotten={"dislikes": ["peanuts"], "likes": ["*"]}))
    assert after.preferences == {"dislikes": ["mint"]}


def test_the_opposite_of_what_she_said_before_replaces_it() -> None:
    before = DialogueProfile(customer_id="ana", preferences={"likes": ["olives", "tea"]})
    assert profile_after(before, turn(dislikes=["Olives"])).preferences == {"likes": ["tea"], "dislikes": ["Olives"]}


def test_unmet_requests_are_kept_once_newest_last_and_not_for_ever() -> None:
    asked = profile_after(EMPTY, replace(turn(), unmet=("oat milk", "  ", "x" * 900)))
    assert asked.unmet_requests == ["oat milk", "x" * UNMET_LENGTH]
    again = profile_after(asked, replace(turn(), unmet=("oat milk",)))
    assert again.unmet_requests[-1] == "oat milk"
    assert len(again.unmet_requests) == 2
    many = profile_after(EMPTY, replace(turn(), unmet=tuple(map(str, range(UNMET_KEPT + 5)))))
    assert many.unmet_requests == [str(number) for number in range(5, UNMET_KEPT + 5)]
