"""The apology an upset customer gets instead of anything else: sorry, help that fits, and the offer of a person."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.turn import Turn
from analytics.facade import Analytics

#: What the complaint is about, by the likeliest intent beside it, and the response that helps with it.
HELP_BY_INTENT = {
    "track_order": "utter_apologise_order",
    "ask_delivery": "utter_apologise_order",
    "last_order": "utter_apologise_order",
    "ask_returns": "utter_apologise_return",
    "return_order": "utter_apologise_return",
    "report_problem": "utter_apologise_return",
    "ask_payment": "utter_apologise_payment",
    "talk_to_person": "utter_apologise_general",
}
#: The same by a topic that the message names.
HELP_BY_TOPIC = {
    "delivery": "utter_apologise_order",
    "returns": "utter_apologise_return",
    "payment": "utter_apologise_payment",
}


def apologise(turn: Turn, analytics: Analytics) -> list[EventType]:
    """Apologise, show help that fits the complaint, and offer a person; nothing is sold."""
    response = _fitting_help(turn)
    if response == "utter_apologise_order" and not _has_orders(turn, analytics):
        response = "utter_apologise_order_unknown"
    turn.say(response)
    return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]


def _fitting_help(turn: Turn) -> str:
    topic = HELP_BY_TOPIC.get(turn.entity(slots.TOPIC) or "")
    about = (HELP_BY_INTENT[intent] for intent in turn.likely_intents if intent in HELP_BY_INTENT)
    return topic or next(about, "utter_apologise_general")


def _has_orders(turn: Turn, analytics: Analytics) -> bool:
    return turn.customer_id is not None and bool(analytics.orders(turn.customer_id, limit=1))
