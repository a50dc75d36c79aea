"""An append-only log of dialogue events on SQLite: one transaction a turn, ordered, never rewritten.

`events.id` orders all conversations' events and may be followed by a reader (`id > last`). `windows` says where the
replay of a conversation begins, so that a long conversation costs no more than a short one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EventDict = dict[str, Any]

_VERSION = 1
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY,
    sender_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    type TEXT NOT NULL,
    message_id TEXT,
    at REAL NOT NULL,
    data TEXT NOT NULL,
    UNIQUE (sender_id, seq)
);
CREATE INDEX IF NOT EXISTS events_by_message ON events (sender_id, message_id) WHERE message_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS windows (
    sender_id TEXT PRIMARY KEY,
    from_seq INTEGER NOT NULL,
    prefix TEXT NOT NULL
) WITHOUT ROWID;
PRAGMA user_version = {_VERSION};
"""


class EventLogError(RuntimeError):
    """The log cannot be opened or takes no write; the message names the remedy."""


@dataclass(frozen=True)
class Window:
    """What a conversation is replayed from: `prefix`, then the stored events with `seq >= from_seq`."""

    from_seq: int
    prefix: list[EventDict]


class EventLog:
    """The log in one file.

    Parameters
    ----------
    path : the database file; its folder is made when missing. ":memory:" for tests.
    synchronous : "NORMAL" survives a killed process, "FULL" a power cut as well (the gateway's own database, which
        holds every message and reply, is the one that must).
    """

    def __init__(self, path: str, *, synchronous: str = "NORMAL") -> None:
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        try:
            self._database = sqlite3.connect(path, isolation_level=None, timeout=5)
            self._prepare(synchronous)
        except sqlite3.Error as error:
            raise EventLogError(f"Rasa's store {path} cannot be opened ({error}). Check RAPPORT_RASA_DB.") from error

    def _prepare(self, synchronous: str) -> None:
        if synchronous not in {"NORMAL", "FULL"}:
            raise EventLogError(f"synchronous must be NORMAL or FULL, not {synchronous!r}.")
        version = self._database.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise EventLogError(f"Rasa's store has version {version}, this release knows {_VERSION}. Update Rapport.")
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute(f"PRAGMA synchronous = {synchronous}")
        self._database.executescript(_SCHEMA)

    def append(self, sender_id: str, first_seq: int, events: Sequence[EventDict], window: Window | None = None) -> None:
        """Store a turn's events, and its new window if there is one, in one transaction.

        Parameters
        ----------
        first_seq : number of the first of `events`; they are numbered on from it.

        Raises
        ------
        EventLogError : nothing was stored. Among the reasons: a number is taken, so somebody else wrote this
            conversation in between.
        """
        rows = [(sender_id, first_seq + offset, *_row(event)) for offset, event in enumerate(events)]
        try:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany(
                "INSERT INTO events (sender_id, seq, type, message_id, at, data) VALUES (?, ?, ?, ?, ?, ?)", rows
            )
            if window is not None:
                self._database.execute(
                    "INSERT OR REPLACE INTO windows (sender_id, from_seq, prefix) VALUES (?, ?, ?)",
                    (sender_id, window.from_seq, _encoded(window.prefix)),
                )
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise EventLogError(f"Rasa's store took no write ({error}); the turn is not saved.") from error

    def window(self, sender_id: str) -> Window:
        """Give where the replay of a conversation begins; from its first event by default."""
        row = self._database.execute(
            "SELECT from_seq, prefix FROM windows WHERE sender_id = ?", (sender_id,)
        ).fetchone()
        return Window(from_seq=row[0], prefix=json.loads(row[1])) if row else Window(from_seq=0, prefix=[])

    def read(self, sender_id: str, from_seq: int = 0) -> list[EventDict]:
        """Give a conversation's events in order, those from `from_seq` on."""
        rows = self._database.execute(
            "SELECT data FROM events WHERE sender_id = ? AND seq >= ? ORDER BY seq", (sender_id, from_seq)
        )
        return [json.loads(data) for (data,) in rows]

    def turn(self, sender_id: str, message_id: str) -> list[EventDict]:
        """Give the events of the turn that answered a message: itself, up to the next; [] if unknown."""
        rows = self._database.execute(
            "SELECT data FROM events WHERE sender_id = :sender"
            " AND seq >= (SELECT min(seq) FROM events WHERE sender_id = :sender AND message_id = :message)"
            " AND seq < coalesce((SELECT min(seq) FROM events WHERE sender_id = :sender AND message_id <> :message"
            "  AND seq > (SELECT min(seq) FROM events WHERE sender_id = :sender AND message_id = :message)), 1e18)"
            " ORDER BY seq",
            {"sender": sender_id, "message": message_id},
        )
        return [json.loads(data) for (data,) in rows]

    def forget(self, sender_ids: Sequence[str]) -> int:
        """Delete whole conversations, in one transaction, also from the file's free pages; give how many events."""
        whose = [(sender_id,) for sender_id in sender_ids]
        try:
            self._database.execute("PRAGMA secure_delete = ON")
            self._database.execute("BEGIN IMMEDIATE")
            deleted = self._database.executemany("DELETE FROM events WHERE sender_id = ?", whose).rowcount
            self._database.executemany("DELETE FROM windows WHERE sender_id = ?", whose)
            self._database.execute("COMMIT")
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise EventLogError(f"Rasa's store took no write ({error}); nothing is deleted there.") from error
        return max(deleted, 0)

    def senders(self) -> list[str]:
        """Give the ids of all conversations."""
        return [sender for (sender,) in self._database.execute("SELECT DISTINCT sender_id FROM events")]

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _row(event: EventDict) -> tuple[str, str | None, float, str]:
    message_id = event.get("message_id") if event["event"] == "user" else None
    return event["event"], message_id, event["timestamp"], _encoded(event)


def _encoded(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
