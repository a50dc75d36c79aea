"""Feedback on the chat or the shop: a score, her words, or both."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots
from actions.base import EngagementAction
from actions.rating_flow import ask_rating, keep_rating
from actions.review_reading import stars_in, words_in
from actions.turn import Turn


class TakeFeedback(EngagementAction):
    """Answer "I want to rate this chat", "I have a suggestion: …", and the quick replies of the question."""

    action_name = "action_give_feedback"
    apologises_first = False

    def respond(self, turn: Turn) -> list[EventType]:
        """Keep what she says of it; ask for a score where she wants to give one, for her words where there are none."""
        words = words_in(turn.text)
        if words:
            self.analytics.rating_service().comment(turn.conversation_id, turn.customer_id, words)
        score = stars_in(turn.text) or stars_in(turn.entity(slots.MODE) or "", asked=True)
        if score:
            return keep_rating(turn, self.analytics, score)
        if words:
            turn.say("utter_feedback_noted_low" if turn.is_upset else "utter_feedback_noted")
            return []
        self.analytics.rating_service().ask(turn.conversation_id, turn.customer_id)
        return ask_rating(turn, "utter_rating_ask")
