"""Answer standing questions from the shop's own facts."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.base import EngagementAction
from actions.turn import Turn

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
        """Give the shop's answer, or say that it is not known here and offer a person."""
        question = QUESTIONS.get(turn.intent)
        answer = self.analytics.shop().answers.get(question) if question else None
        if answer:
            turn.say(f"utter_faq_{question}", answer=answer)
            return []
        turn.say("utter_faq_unknown")
        return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]
