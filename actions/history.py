"""What happened in the turn before this one, read from the tracker's events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

#: Rasa's own steps, which answer nobody.
SILENT_ACTIONS = frozenset({"action_listen", "action_session_start", "action_extract_slots", "action_unlikely_intent"})


@dataclass(frozen=True, slots=True)
class PreviousTurn:
    """The names of the actions that answered the previous message, and of the last response uttered then."""

    actions: tuple[str, ...] = ()
    last_response: str | None = None


def previous_turn(events: Iterable[Mapping[str, Any]]) -> PreviousTurn:
    """Read the previous turn out of a tracker's events.

    Parameters
    ----------
    events : Rasa events as dictionaries, oldest first; the last `user` event is the message being answered now.

    Returns
    -------
    Empty where this is the first message.
    """
    turns: list[list[Mapping[str, Any]]] = [[]]
    for event in events:
        if event.get("event") == "user":
            turns.append([])
        turns[-1].append(event)
    if len(turns) < 3:  # before any message, and the present one
        return PreviousTurn()
    answered = turns[-2]
    names = (event.get("name") for event in answered if event.get("event") == "action")
    responses = [_response_of(event) for event in answered if event.get("event") == "bot"]
    named = [response for response in responses if response]
    return PreviousTurn(
        actions=tuple(str(name) for name in names if name and name not in SILENT_ACTIONS),
        last_response=named[-1] if named else None,
    )


def recent_actions(events: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Give the names of the actions in a tracker's events: of the last four messages or more, as Rasa sends them."""
    names = (event.get("name") for event in events if event.get("event") == "action")
    return frozenset(str(name) for name in names if name and name not in SILENT_ACTIONS)


def _response_of(event: Mapping[str, Any]) -> str | None:
    name = (event.get("metadata") or {}).get("utter_action")
    return str(name) if name else None
