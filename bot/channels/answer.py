"""The answer to a turn, read out of its saved events: the first answer and every repetition are the same by design."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.components import keys

EventDict = Mapping[str, Any]

#: Actions that Rasa runs on its own around every turn.
_SILENT_ACTIONS = frozenset({"action_listen", "action_session_start", "action_extract_slots"})
#: Responses that are said once a message, in whichever words.
_ONCE = frozenset({"utter_apologise_first"})
#: Intents of the ranking that are passed on; the rest is noise.
_RANKED = 5


def answer(turns: Sequence[Sequence[EventDict]], *, replayed: bool) -> dict[str, Any]:
    """Build the body of an answer.

    Parameters
    ----------
    turns : for each request of the message the saved events of its turn, as dictionaries, the customer's words first.
    replayed : whether this message was answered before.

    Returns
    -------
    The JSON object of docs/reference/contracts.md, "Gateway → Rasa".
    """
    events = [event for turn in turns for event in turn]
    said = said_once([[event for event in turn if event["event"] == "bot"] for turn in turns])
    payloads = [_payload(event) for event in events if event["event"] == "bot"]
    return {
        "message_id": turns[0][0]["message_id"],
        "replayed": replayed,
        "replies": replies(said),
        "parse": parse(turns[0][0]),
        "parts": [{"text": turn[0].get("text") or "", **parse(turn[0])} for turn in turns[1:]],
        "actions": [
            event["name"] for event in events if event["event"] == "action" and event["name"] not in _SILENT_ACTIONS
        ],
        "decisions": [decision for payload in payloads for decision in _listed(payload.get("decision"))],
        "handoff": next((payload["handoff"] for payload in reversed(payloads) if payload.get("handoff")), None),
        "outcome": next((payload["outcome"] for payload in reversed(payloads) if payload.get("outcome")), None),
        "preferences": _merged(payload.get("preferences") or {} for payload in payloads),
        "forgotten": _merged(payload.get("forgotten") or {} for payload in payloads),
        "unmet": [text for payload in payloads for text in _listed(payload.get("unmet"))],
    }


def said_once(turns: Sequence[Sequence[EventDict]]) -> list[EventDict]:
    """Join what was said in several turns: one apology is enough, and a question asked again is asked at its end."""
    joined: list[EventDict] = []
    for said in turns:
        apologised = any(_response(event) in _ONCE for event in joined)
        new = [event for event in said if not (apologised and _response(event) in _ONCE)]
        texts = {event.get("text") for event in new if event.get("text")}
        joined = [event for event in joined if event.get("text") not in texts] + new
    return joined


def _response(event: EventDict) -> str:
    return str((event.get("metadata") or {}).get("utter_action") or "")


def replies(said: Iterable[EventDict]) -> list[dict[str, Any]]:
    """Join what the bot said into replies: an utterance without text adds its cards and buttons to the one before it.

    Parameters
    ----------
    said : Rasa's `bot` events in order.
    """
    joined: list[dict[str, Any]] = []
    for event in said:
        text, cards = event.get("text") or "", _payload(event).get("cards") or []
        shown = [*((event.get("data") or {}).get("buttons") or []), *(_payload(event).get("quick_replies") or [])]
        quick_replies = [{"title": button["title"], "payload": button["payload"]} for button in shown]
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
