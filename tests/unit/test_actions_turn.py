"""What an action sees of a turn, and how figures are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import wording
from actions.history import PreviousTurn, previous_turn
from actions.turn import Turn
from tests.support import demo_shop


def turn_of(**message: object) -> Turn:
    return Turn(CollectingDispatcher(), Tracker("c", {}, message, [], False, None, {}, None))


def test_a_message_without_anything_is_a_calm_visitors() -> None:
    turn = turn_of()
    assert (turn.customer_id, turn.text, turn.intent, turn.sentiment, turn.is_upset) == (None, "", "", None, False)


@pytest.mark.parametrize(("sentiment", "upset"), [(-1.0, True), (-0.31, True), (-0.3, False), (0.0, False), (1, False)])
def test_upset_begins_below_minus_three_tenths(sentiment: float, upset: bool) -> None:
    assert turn_of(sentiment=sentiment).is_upset is upset


def test_a_quick_reply_is_not_taken_for_words() -> None:
    assert turn_of(text='/recommend{"mode": "more"}').text == ""


def test_the_turn_before_is_read_without_rasas_own_steps() -> None:
    events = [
        {"event": "action", "name": "action_session_start"},
        {"event": "user"},
        {"event": "action", "name": "action_greet"},
        {"event": "bot", "metadata": {"utter_action": "utter_greet_known"}},
        {"event": "bot", "metadata": {}},
        {"event": "action", "name": "action_listen"},
        {"event": "user"},
    ]
    assert previous_turn(events) == PreviousTurn(actions=("action_greet",), last_response="utter_greet_known")


def test_before_the_first_message_there_was_no_turn() -> None:
    assert previous_turn([{"event": "action", "name": "action_listen"}, {"event": "user"}]) == PreviousTurn()


def test_amounts_are_written_with_their_sign_and_two_places() -> None:
    assert [wording.money(amount, "$") for amount in (2.5, 1234.5, -0.5)] == ["$2.50", "$1,234.50", "-$0.50"]


def test_a_date_names_its_year_only_when_it_is_not_this_one() -> None:
    moment = datetime(2026, 5, 3, tzinfo=UTC)
    assert wording.day(moment, today=date(2026, 11, 1)) == "3 May"
    assert wording.day(moment, today=date(2027, 1, 1)) == "3 May 2026"


def test_lists_read_like_a_sentence() -> None:
    assert [wording.listing(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_names_with_commas_are_set_apart_by_semicolons() -> None:
    assert wording.listing(["tea, 20 ct", "bread", "milk"]) == "tea, 20 ct; bread and milk"


def test_a_product_is_spoken_of_without_its_size() -> None:
    assert wording.short_name(demo_shop.CEREAL) == "Kids cereal"
    assert wording.short_name(replace(demo_shop.CEREAL, size=None)) == "Kids cereal, 14.5 oz"
    assert wording.short_name(replace(demo_shop.CEREAL, name="Kids cereal, 14.5 oz, variety 3")) == "Kids cereal"


def test_a_name_follows_the_greeting_only_where_there_is_one() -> None:
    assert [wording.address(name) for name in ("Ana", " ", None)] == [", Ana", "", ""]
