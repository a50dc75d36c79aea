"""Send the action server what an action may read, and no more.

Rasa's call carries the whole domain, and of every held message all that was understood of it, all cards shown with it
and the facts that filled its sentences: 50 kB, most of a turn's JSON. No action reads the domain (Rasa itself fills in
responses), and of earlier messages only what was said and done. (Rasa's own way to send less,
`enable_selective_domain`, is answered by a current rasa-sdk with an error 449.)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import rasa
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import BotUttered, DefinePrevUserUtteredFeaturization, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.launch.internals import expect


def apply() -> None:
    """Replace `RemoteAction._action_call_format`."""
    expect(RemoteAction, "_action_call_format", "428795b944f2")
    expect(DialogueStateTracker, "current_state", "a9f1526ceddf")

    def call_format(self: Any, tracker: Any, _domain: Any) -> dict[str, Any]:
        return {
            "next_action": self._name,
            "sender_id": tracker.sender_id,
            "tracker": {**tracker.current_state(), "events": shown(tracker.events)},
            "version": rasa.__version__,
            # Present, as a current rasa-sdk asks for it, and empty.
            "domain": {},
        }

    RemoteAction._action_call_format = call_format


def shown(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Give the events as an action sees them; the present message is in the tracker's `latest_message` in full."""
    return [_brief(event) for event in events if not isinstance(event, DefinePrevUserUtteredFeaturization)]


def _brief(event: Event) -> dict[str, Any]:
    if isinstance(event, UserUttered):
        return {
            "event": event.type_name,
            "timestamp": event.timestamp,
            "text": event.text,
            "parse_data": {"intent": event.intent, "entities": event.entities, "text": event.text},
            "input_channel": event.input_channel,
            "message_id": event.message_id,
        }
    if isinstance(event, BotUttered):
        said = {"utter_action": event.metadata.get("utter_action")}
        return {"event": event.type_name, "timestamp": event.timestamp, "text": event.text, "metadata": said}
    brief: dict[str, Any] = event.as_dict()
    return brief
