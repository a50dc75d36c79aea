"""The question that ends a talk about products: others, or for somebody upset whatever helps."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.turn import Turn


def ask_what_next(turn: Turn) -> list[EventType]:
    """Ask whether to show other products; to somebody upset nothing is sold, so she is asked what would help."""
    if turn.is_upset:
        turn.say("utter_what_instead")
        return []
    turn.say("utter_recommend_others")
    return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_OTHERS)]
