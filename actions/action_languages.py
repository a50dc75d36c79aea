"""Which language the bot speaks: said in English and in hers, and a person is offered."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.base import EngagementAction
from actions.turn import Turn
from language.tongue import tongue_named

#: What is said, by the language she writes in or asks for.
ANSWERS = {
    "es": "utter_languages_es",
    "fr": "utter_languages_fr",
    "de": "utter_languages_de",
    "it": "utter_languages_it",
    "pt": "utter_languages_pt",
    "nl": "utter_languages_nl",
    "other": "utter_languages_other",
}


class TellLanguages(EngagementAction):
    """Answer "do you speak Spanish?", and whatever is written in Spanish."""

    action_name = "action_languages"
    apologises_first = False

    def respond(self, turn: Turn) -> list[EventType]:
        """Say that we speak English; unless that is what she asked for, a yes then brings a person."""
        heard = turn.entity(slots.ASPECT) or tongue_named(turn.text)
        if heard == "en":
            turn.say("utter_languages_english")
            return []
        turn.say(ANSWERS.get(heard or "", "utter_languages_which"))
        turn.ends_as("offered_person")
        return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]
