"""Answer standing questions from the shop's own facts, with the help page that tells more."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.base import EngagementAction
from actions.help_passages import best_passage, say_passage
from actions.turn import Turn
from analytics.help_records import SURE_SCORE

#: Key of the shop's answers and the response that carries it, by intent.
QUESTIONS = {
    "ask_delivery": "delivery",
    "ask_returns": "returns",
    "ask_payment": "payment",
    "ask_hours": "hours",
}


class AnswerFaq(EngagementAction):
    """Answer questions on delivery, returns, payment and opening hours."""

    action_name = "action_answer_faq"

    def respond(self, turn: Turn) -> list[EventType]:
        """Give the passage that surely answers ("do you ship abroad?"), else the short answer and a link to more.

        Where the shop has neither, say that it is not known here and offer a person.
        """
        question = QUESTIONS.get(turn.intent)
        asked = best_passage(self.analytics, turn.text)
        if asked is not None and asked.score >= SURE_SCORE:
            say_passage(turn, asked)
            return []
        answer = self.analytics.shop().answers.get(question) if question else None
        if not question or not answer:
            turn.say("utter_faq_unknown")
            return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]
        more = asked or best_passage(self.analytics, question)
        if more is None:
            turn.say(f"utter_faq_{question}", answer=answer)
        else:
            turn.say(f"utter_faq_{question}_more", answer=answer, page=more.title, url=more.url)
        return []
