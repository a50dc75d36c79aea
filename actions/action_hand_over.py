"""Put her in the queue for a person."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.base import EngagementAction
from actions.turn import Turn

UNSURE_LIMIT = 2


class HandOver(EngagementAction):
    """Answer "I want to talk to a person", and "yes" where we offered one."""

    action_name = "action_hand_over"
    apologises_first = False

    def respond(self, turn: Turn) -> list[EventType]:
        """Confirm, and tell the house why: she asked, or took up our offer after trouble."""
        turn.say("utter_hand_over_upset" if turn.is_upset else "utter_hand_over_waiting")
        turn.hand_over(self._reason(turn))
        return [SlotSet(slots.UNSURE_TURNS, 0), SlotSet(slots.PERSON_OFFERED, False)]

    @staticmethod
    def _reason(turn: Turn) -> str:
        if not turn.slot_flag(slots.PERSON_OFFERED) or (turn.text and turn.intent == "talk_to_person"):
            return "asked"
        return "twice_unsure" if turn.slot_count(slots.UNSURE_TURNS) >= UNSURE_LIMIT else "angry"
