"""Insults, obscenities and threats: calm, without blame; the second time a person is offered and nothing else."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.apology import apologise
from actions.base import EngagementAction
from actions.complaint_reading import read_complaint
from actions.turn import Turn


class MeetAbuse(EngagementAction):
    """Answer "you idiot"."""

    action_name = "action_abuse"
    apologises_first = False

    def respond(self, turn: Turn) -> list[EventType]:
        """Offer help and a person; firmly the second time. A threat against people goes to a person at once."""
        if read_complaint(turn).urgent:
            return apologise(turn, self.analytics)
        times = int(turn.slot(slots.ROUGH_WORDS) or 0) + 1
        if times > 1:
            turn.say("utter_abuse_again")
            turn.ends_as("offered_person")
        elif turn.entity(slots.ASPECT) == "intimate":
            turn.say("utter_abuse_intimate")
        else:
            turn.say("utter_abuse_first")
        return [SlotSet(slots.ROUGH_WORDS, times), SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]
