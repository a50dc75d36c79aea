"""The answer to a turn, read out of its saved events: the first answer and every repetition are the same by design."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.components import keys

EventDict = Mapping[str, Any]

#: Actions that Rasa runs on its own around every turn.
_SILENT_ACTIONS = frozenset({"action_listen", "action_session_start", "action_extract_slots"})
#: Intents of the ranking that are passed on; the rest is noise.
_RANKED = 5


def answer(events: Sequence[EventDict], *, replayed: bool) -> dict[str, Any]:
    """Build the body of an answer.

    Parameters
    ----------
    events : the saved events of one turn as dictionaries, the customer's message first.
    replayed : whether this turn was answered before.

    Returns
    -------
    The JSON object of docs/reference/contracts.md, "Gateway → Rasa".
    """
    message, said = events[0], [event for event in events if event["event"] == "bot"]
    payloads = [_payload(event) for event in said]
    return {
        "message_id": message["message_id"],
        "replayed": replayed,
        "replies": replies(said),
        "parse": parse(message),
        "actions": [
            event["name"] for event in events if event["event"] == "action" and event["name"] not in _SILENT_ACTIONS
        ],
        "decisions": [decision for payload in payloads for decision in _listed(payload.get("decision"))],
        "handoff": next((payload["handoff"] for payload in reversed(payloads) if payload.get("handoff")), None),
        "preferences": _merged(payload.get("preferences") or {} for payload in payloads),
    }


def replies(said: Iterable[EventDict]) -> list[dict[str, Any]]:
    """Join what the bot said into replies: an utterance without text adds its cards and buttons to the one before it.

    Parameters
    ----------
    said : Rasa's `bot` events in order.
    """
    joined: list[dict[str, Any]] = []
    for event in said:
        text, cards = event.get("text") or "", _payload(event).get("cards") or []
        quick_replies = [
            {"title": button["title"], "payload": button["payload"]}
            for button in (event.get("data") or {}).get("buttons") or []
        ]
        if not (text or cards or quick_replies):
            continue
        # Cards that came before any text wait in a reply without one, and the first text completes it.
        if not joined or (text and joined[-1]["text"]):
            joined.append({"text": "", "quick_replies": [], "cards": []})
        joined[-1]["text"] = joined[-1]["text"] or text
        joined[-1]["quick_replies"] += quick_replies
        joined[-1]["cards"] += cards
    return joined


def parse(message: EventDict) -> dict[str, Any]:
    """Give what was understood of a message; `sentiment` is None for a chosen quick reply, which has no mood."""
    data = message.get("parse_data") or {}
    return {
        "intent": _ranked(data.get("intent") or {}),
        "ranking": [_ranked(intent) for intent in (data.get("intent_ranking") or [])[:_RANKED]],
        "entities": data.get("entities") or [],
        "sentiment": data.get(keys.SENTIMENT),
    }


def _ranked(intent: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": intent.get("name"), "confidence": round(float(intent.get("confidence") or 0.0), 4)}


def _payload(event: EventDict) -> Mapping[str, Any]:
    custom = (event.get("data") or {}).get("custom")
    data = custom.get("data") if isinstance(custom, Mapping) else None
    return data if isinstance(data, Mapping) else {}


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _merged(preferences: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for stated in preferences:
        for name, values in stated.items():
            merged[name] = [*merged.get(name, []), *_listed(values)]
    return merged
