"""Answer questions about the shop from its help pages."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.base import EngagementAction
from actions.help_passages import say_passage
from actions.turn import Turn
from analytics.help_records import HELP_PATH


class AnswerFromHelp(EngagementAction):
    """Answer what the help pages tell, and say so where they don't."""

    action_name = "action_help"

    def respond(self, turn: Turn) -> list[EventType]:
        """Give the passage that fits and its link, else offer a person and a product search; on a tap, all topics."""
        if not turn.text and self.analytics.help_pages():
            turn.say("utter_help_topics", url=HELP_PATH)
            return []
        found = self.analytics.help(turn.text, limit=1)
        if found:
            say_passage(turn, found[0])
            return []
        turn.say("utter_help_nothing")
        return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]
