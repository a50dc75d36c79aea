"""How was this chat: asked once, the score kept, and where it is low her words and help."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.rating_service import GOOD_FROM


def ask_rating(turn: Turn, response: str) -> list[EventType]:
    """Ask how the chat was, with five choices."""
    turn.say(response)
    turn.say("utter_rating_choices")
    return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_RATING)]


def keep_rating(turn: Turn, analytics: Analytics, score: int) -> list[EventType]:
    """Keep the score; somebody dissatisfied is asked what could have been better, and a person is offered."""
    analytics.rating_service().rate(turn.conversation_id, turn.customer_id, score)
    if score >= GOOD_FROM:
        turn.say("utter_rating_thanks_good")
        return []
    turn.say("utter_rating_thanks_low")
    return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_COMMENT)]
