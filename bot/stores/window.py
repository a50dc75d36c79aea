"""Which part of a conversation Rasa replays.

Every turn replays what it holds of a conversation several times, and sends all of it to the action server: unbounded,
a turn costs 12 ms at the tenth message and 140 ms at the three hundredth. Rules look at the present turn and stories
at a few before it, so older turns are folded into a prefix that leaves the tracker in the state they led to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Bounds:
    """When to fold, and how much to keep, both in messages of the customer."""

    most: int = 8
    keep: int = 4

    def __post_init__(self) -> None:
        if not 2 <= self.keep < self.most:
            raise ValueError(f"window: keep ({self.keep}) must be at least 2 and less than most ({self.most}).")


def replay_start(events: Sequence[Any], bounds: Bounds) -> int:
    """Give the index of the first event that still has to be replayed.

    Parameters
    ----------
    events : Rasa's events of the held part, oldest first.
    bounds : see `Bounds`.

    Returns
    -------
    0 when nothing need be folded; else the index of a session's start, or of the oldest message to keep.
    """
    session = _last_session(events)
    messages = [index for index, event in enumerate(events) if event.type_name == "user" and index > session]
    if len(messages) <= bounds.most:
        return session
    return messages[-bounds.keep]


def starts_session(event: Any) -> bool:
    """Tell whether a session begins with this event, so that nothing before it matters."""
    return event.type_name == "session_started" or getattr(event, "action_name", None) == "action_session_start"


def _last_session(events: Sequence[Any]) -> int:
    starts = [index for index, event in enumerate(events) if event.type_name == "session_started"]
    if not starts or starts[-1] == 0:
        return 0
    # Rasa logs the action `action_session_start`, then what it did.
    return starts[-1] - 1 if starts_session(events[starts[-1] - 1]) else starts[-1]
