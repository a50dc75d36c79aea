"""Rasa's stores with Rasa's own trackers: what a turn remembers, whatever was folded, lost or reopened."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

import pytest

from tests.support.tiny_rasa import PROJECT, PYTHON, QUIET, needs_rasa

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the checks in Rasa's process saw."""
    needs_rasa()
    checked = subprocess.run(
        [PYTHON, "-m", "tests.support.in_rasa", str(tmp_path_factory.mktemp("stores"))],
        cwd=PROJECT, env=os.environ | QUIET, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    return dict(json.loads(checked.stdout))


def test_a_live_tracker_and_the_stored_one_are_the_same(facts: dict[str, Any]) -> None:
    conversation = facts["conversation"]
    assert conversation["live"] == conversation["stored"] == conversation["reopened"]


def test_a_folded_conversation_keeps_its_last_messages_and_its_slots(facts: dict[str, Any]) -> None:
    state = facts["conversation"]["live"]
    # Folded to 3 at the 6th, 9th and 12th message.
    assert state["said"] == ["hello 9", "hello 10", "hello 11"]
    assert (state["offers"], state["latest"], state["latest_action"]) == (["o1"], "hello 11", "action_listen")


def test_nothing_of_a_folded_conversation_is_lost(facts: dict[str, Any]) -> None:
    conversation = facts["conversation"]
    assert conversation["full"] == 12
    opening, turns = 3, 12 * 4
    assert conversation["numbers"] == list(range(opening + turns + 1))  # one slot was set
    assert conversation["keys"] == ["ana"]
    assert conversation["nobody"] == {}


def test_a_turn_is_found_live_and_in_the_file(facts: dict[str, Any]) -> None:
    conversation = facts["conversation"]
    assert conversation["early"] == ["user", "action", "bot", "action"]
    assert conversation["late_live"] == conversation["late_stored"]
    assert conversation["late_live"][2]["data"] == {"custom": {"data": {"n": 11}}}


def test_a_new_session_forgets_the_words_and_carries_the_slots_over(facts: dict[str, Any]) -> None:
    live, stored = facts["sessions"]["live"], facts["sessions"]["stored"]
    assert live == stored
    assert (live["said"], live["offers"]) == (["hello 2"], ["o1"])


def test_a_turn_that_was_never_saved_is_forgotten(facts: dict[str, Any]) -> None:
    assert facts["failures"]["after_loss"] == ["hello 0"]


def test_of_two_writers_of_one_conversation_one_wins_and_the_other_is_told(facts: dict[str, Any]) -> None:
    assert "not saved" in facts["failures"]["refused"]
    assert facts["failures"]["winner"] == ["hello 0", "first"]


def test_a_lock_is_held_by_one_in_order_and_survives_a_cancelled_waiter(facts: dict[str, Any]) -> None:
    assert facts["locks"]["order"] == ["0 in", "0 out", "2 in", "2 out"]
    assert facts["locks"]["seconds"] < 1
    assert facts["locks"]["left"] == 0


def test_health_says_that_no_model_is_loaded(facts: dict[str, Any]) -> None:
    assert "No model is loaded" in facts["health"]["without_model"]


def test_a_failing_store_is_not_hidden_behind_memory(facts: dict[str, Any]) -> None:
    assert facts["health"]["store_as_it_is"] is True
