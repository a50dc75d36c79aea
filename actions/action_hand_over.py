"""Put her in the queue for a person."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots
from actions.base import EngagementAction
from actions.turn import Turn

UNSURE_LIMIT = 2


class HandOver(EngagementAction):
    """Answer "I want to talk to a person"."""

    action_name = "action_hand_over"
    apologises_first = False

    def respond(self, turn: Turn) -> list[EventType]:
        """Confirm, and tell the house why: she asked, or took up our offer after trouble."""
        turn.say("utter_hand_over_upset" if turn.is_upset else "utter_hand_over_waiting")
        turn.hand_over(self._reason(turn))
        return []

    @staticmethod
    def _reason(turn: Turn) -> str:
        offered = turn.slot(slots.OPEN_QUESTION) == slots.ASKED_PERSON
        in_her_language = "action_languages" in turn.before.actions
        if not offered or in_her_language or (turn.text and turn.intent == "talk_to_person"):
            return "asked"
        return "twice_unsure" if (turn.slot(slots.UNSURE_TURNS) or 0) >= UNSURE_LIMIT else "angry"
