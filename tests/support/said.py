"""Runs an action on one turn and reads what the customer would be told, with the domain's own words filled in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import slots, wiring
from actions.base import EngagementAction
from actions.turn import Turn
from analytics.facade import Analytics
from language.yaml_text import load_yaml

ROOT = Path(__file__).resolve().parents[2]
UPSET = -0.8
CIRCUMSTANCES = frozenset({slots.MOOD, slots.CHANNEL, slots.SEGMENT, slots.HISTORY})


@cache
def responses() -> dict[str, list[dict[str, Any]]]:
    """The responses of the domain by name."""
    return dict(load_yaml((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"])


def filled(template: Any, facts: dict[str, Any]) -> Any:
    """Fill a response the way Rasa does: `{name}` by its fact, `{{` and `}}` to braces."""
    if isinstance(template, dict):
        return {key: filled(value, facts) for key, value in template.items()}
    if isinstance(template, list):
        return [filled(entry, facts) for entry in template]
    if isinstance(template, str):
        named = re.sub(r"(?<!{){(\w+)}", lambda found: str(facts[found[1]]), template)
        return named.replace("{{", "{").replace("}}", "}")
    return template


@dataclass
class Said:
    """What came of one action call."""

    names: list[str] = field(default_factory=list)
    #: Every variation of every text said, filled: an assertion holds whichever one Rasa picks.
    texts: list[list[str]] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    cards: list[dict[str, Any]] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    slots: dict[str, Any] = field(default_factory=dict)

    def always_says(self, words: str) -> bool:
        """True where some message has these words in each of its variations."""
        return any(all(words in variation for variation in variations) for variations in self.texts)


@dataclass
class Conversation:
    """One customer before the actions: `says` runs an action on a message and keeps its slots and events."""

    analytics: Analytics
    customer_id: str | None = None
    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)

    async def meets(
        self,
        action: EngagementAction,
        text: str = "",
        *,
        intent: str = "",
        sentiment: float | None = 0.0,
        ranking: tuple[str, ...] = (),
        **entities: str | list[str],
    ) -> Said:
        wiring.configure(self.analytics)
        message = {
            "text": text,
            "intent": {"name": intent, "confidence": 0.9},
            "intent_ranking": [{"name": name, "confidence": 0.5} for name in ranking],
            "entities": [
                {"entity": name, "value": value}
                for name, given in entities.items()
                for value in ([given] if isinstance(given, str) else given)
            ],
            "sentiment": sentiment,
            "metadata": {"customer_id": self.customer_id, "channel": "widget", "message_id": f"m{len(self.events)}"},
        }
        self.events.append({"event": "user", **message})
        dispatcher = CollectingDispatcher()
        tracker = Tracker("c", dict(self.slots), message, list(self.events), False, None, {}, "action_listen")
        events = await action.run(dispatcher, tracker, {})
        said = _read(dispatcher.messages)
        kept = {event["name"]: event["value"] for event in events}
        self.slots.update(kept)
        # Circumstances are kept with every turn, whatever the action.
        said.slots = {name: value for name, value in kept.items() if name not in CIRCUMSTANCES}
        self.events.append({"event": "action", "name": action.name()})
        self.events += [{"event": "bot", "metadata": {"utter_action": name}} for name in said.names]
        return said


def _read(messages: list[dict[str, Any]]) -> Said:
    said = Said()
    for message in messages:
        said.data.update(message["custom"].get("data", {}))
        name = message["response"]
        if not name:
            continue
        said.names.append(name)
        variations = [filled(variation, message) for variation in _fitting(responses()[name], message)]
        said.texts.append([variation["text"] for variation in variations if "text" in variation])
        said.buttons += [button["payload"] for button in variations[0].get("buttons", [])]
        data = variations[0].get("custom", {}).get("data", {})
        said.buttons += [reply["payload"] for reply in data.get("quick_replies", [])]
        said.cards += data.get("cards", [])
    return said


def _fitting(variations: list[dict[str, Any]], message: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the variations among which Rasa draws: of the channel, if there are any, and whose conditions are met."""
    own = [variation for variation in variations if variation.get("channel") == message.get("channel")]
    fitting = own or [variation for variation in variations if "channel" not in variation]
    met = [
        variation
        for variation in fitting
        if variation.get("condition")
        and all(message.get(condition["name"]) == condition["value"] for condition in variation["condition"])
    ]
    return met or [variation for variation in fitting if "condition" not in variation]


def payload_of(quick_reply: str) -> tuple[str, dict[str, Any]]:
    """Split a payload into its intent and its entities, which must be JSON."""
    intent, brace, rest = quick_reply.removeprefix("/").partition("{")
    return intent, json.loads(brace + rest) if brace else {}


def a_turn(text: str, *, intent: str = "", **slots_: Any) -> Turn:
    """A message as an action sees it, with nothing before it but the slots named."""
    message = {"text": text, "intent": {"name": intent}, "entities": []}
    return Turn(CollectingDispatcher(), Tracker("c", slots_, message, [], False, None, {}, "action_listen"))
