"""kill -9 of Rasa in mid-turn: what was answered is still there, what was not can be asked again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.fake_actions import OFFER, FakeActions, slowly
from tests.support.tiny_rasa import TinyRasa, needs_rasa

pytestmark = pytest.mark.reliability

#: Promised on an idle machine are 10 s; several test runs may share this one.
READY_SECONDS = 40
RESIDENT_MIB = 400


@pytest.fixture
def actions() -> Iterator[FakeActions]:
    actions = FakeActions().start()
    yield actions
    actions.stop()


def test_a_kill_in_mid_turn_loses_nothing_that_was_answered(
    tmp_path: Path, actions: FakeActions, record_property: pytest.RecordProperty
) -> None:
    needs_rasa()
    rasa = TinyRasa(tmp_path, actions.port)
    try:
        ready = rasa.start()
        answered = {f"m{number}": rasa.says("any offers for me", "ana", f"m{number}") for number in range(3)}
        record_property("ready_s", round(ready, 1))
        record_property("resident_mib", round(rasa.resident_mib))
        assert ready < READY_SECONDS
        assert rasa.resident_mib < RESIDENT_MIB

        actions.behave(slowly(5, OFFER))
        hanging = threading.Thread(target=_ask_and_lose, args=(rasa,), daemon=True)
        hanging.start()
        _wait_until(lambda: bool(actions.asked))
        rasa.kill()
        hanging.join(5)
        actions.behave(OFFER)

        rasa.start()
        for message, first in answered.items():
            assert rasa.says("any offers for me", "ana", message) == first | {"replayed": True}
        assert actions.asked == []
        lost = rasa.says("any offers for me", "ana", "m3")
        assert (lost["replayed"], lost["actions"]) == (False, ["action_offer"])
        events = actions.asked[0]["tracker"]["events"]
        assert [event["message_id"] for event in events if event["event"] == "user"] == ["m0", "m1", "m2", "m3"]
    finally:
        rasa.stop()


def _ask_and_lose(rasa: TinyRasa) -> None:
    with suppress(OSError):
        rasa.turn("any offers for me", "ana", "m3")


def _wait_until(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 10
    while not true():
        assert time.monotonic() < give_up, "the action was never asked"
        time.sleep(0.02)
