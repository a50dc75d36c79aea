"""The append-only log: all of a turn or nothing, numbers taken once, turns found again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.stores.event_log import EventLog, EventLogError, Window
from bot.stores.live import Live
from bot.stores.window import Bounds, replay_start


def event(kind: str, message_id: str | None = None, **more: Any) -> dict[str, Any]:
    return {"event": kind, "timestamp": 1.5, **({"message_id": message_id} if message_id else {}), **more}


TURN_1 = [event("user", "m1", text="hé"), event("action", name="utter"), event("bot", text="hi")]
TURN_2 = [event("user", "m2"), event("bot")]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[EventLog]:
    log = EventLog(str(tmp_path / "new folder" / "rasa.db"))
    yield log
    log.close()


def test_events_come_back_in_order_and_as_they_were(log: EventLog) -> None:
    log.append("ana", 0, TURN_1)
    log.append("ben", 0, TURN_2)
    log.append("ana", 3, TURN_2)
    assert log.read("ana") == TURN_1 + TURN_2
    assert log.read("ana", from_seq=3) == TURN_2
    assert log.read("nobody") == []
    assert sorted(log.senders()) == ["ana", "ben"]


def test_a_number_that_is_taken_stops_the_whole_turn(log: EventLog) -> None:
    log.append("ana", 0, TURN_1)
    with pytest.raises(EventLogError, match="not saved"):
        log.append("ana", 2, TURN_2, Window(from_seq=2, prefix=[]))
    assert log.read("ana") == TURN_1
    assert log.window("ana") == Window(from_seq=0, prefix=[])


def test_a_turn_is_its_message_up_to_the_next(log: EventLog) -> None:
    log.append("ana", 0, [event("session_started"), *TURN_1])
    log.append("ana", 4, TURN_2)
    log.append("ben", 0, [event("user", "m1")])
    assert log.turn("ana", "m1") == TURN_1
    assert log.turn("ana", "m2") == TURN_2
    assert log.turn("ana", "m3") == []
    assert log.turn("nobody", "m1") == []


def test_a_window_is_stored_with_its_turn_and_replaced(log: EventLog) -> None:
    log.append("ana", 0, TURN_1, Window(from_seq=0, prefix=[event("slot", name="shown", value=["1"])]))
    log.append("ana", 3, TURN_2, Window(from_seq=3, prefix=[]))
    assert log.window("ana") == Window(from_seq=3, prefix=[])


def test_what_was_stored_is_there_after_a_crash(tmp_path: Path) -> None:
    path = str(tmp_path / "rasa.db")
    crashed = EventLog(path)
    crashed.append("ana", 0, TURN_1)
    # Not closed, as a killed process would not: a second process reads what was committed.
    again = EventLog(path)
    assert again.read("ana") == TURN_1
    again.close()
    crashed.close()


def test_a_store_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "rasa.db"
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(EventLogError, match="version 99"):
        EventLog(str(path))


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rasa.db"
    path.write_text("this is no database, but it is long enough to look like one " * 20)
    with pytest.raises(EventLogError, match="RAPPORT_RASA_DB"):
        EventLog(str(path))


def test_only_known_ways_to_sync_are_taken() -> None:
    with pytest.raises(EventLogError, match="NORMAL or FULL"):
        EventLog(":memory:", synchronous="OFF")


def test_a_live_value_is_lent_to_one_at_a_time() -> None:
    live: Live[int] = Live(capacity=2)
    live.put("a", 1)
    assert live.look("a") == 1
    assert live.take("a") == 1
    assert live.take("a") is None


def test_the_value_not_used_for_longest_gives_way() -> None:
    live: Live[int] = Live(capacity=2)
    for key, value in (("a", 1), ("b", 2), ("a", 3), ("c", 4)):
        live.put(key, value)
    assert [live.look(key) for key in "abc"] == [3, None, 4]
    assert len(live) == 2


def events_of(*kinds: str) -> list[Any]:
    """Rasa's events by type; "start" is the action that opens a session."""
    return [
        SimpleNamespace(type_name="action", action_name="action_session_start")
        if kind == "start"
        else SimpleNamespace(type_name=kind)
        for kind in kinds
    ]


BOUNDS = Bounds(most=3, keep=2)
OPENING = ("start", "session_started", "action")
MESSAGE = ("user", "action", "bot", "action")


def test_a_short_conversation_is_replayed_from_its_start() -> None:
    assert replay_start(events_of(*OPENING, *MESSAGE * 3), BOUNDS) == 0
    assert replay_start([], BOUNDS) == 0


def test_a_long_one_is_replayed_from_the_oldest_message_to_keep() -> None:
    # three opening events, then four messages of four events: the third message begins at 3 + 2 · 4
    assert replay_start(events_of(*OPENING, *MESSAGE * 4), BOUNDS) == 3 + 2 * 4


def test_a_new_session_is_replayed_from_its_own_start() -> None:
    events = events_of(*OPENING, *MESSAGE * 2, *OPENING, *MESSAGE)
    assert replay_start(events, BOUNDS) == 3 + 2 * 4


@pytest.mark.parametrize(("most", "keep"), [(3, 1), (3, 3), (2, 5)])
def test_bounds_that_make_no_sense_are_refused(most: int, keep: int) -> None:
    with pytest.raises(ValueError, match="window"):
        Bounds(most=most, keep=keep)
