"""A message that answers "how was this chat?" or "what could have been better?"."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import order_reading as reading
from actions import slots
from actions.rating_flow import keep_rating
from actions.rating_reading import score_in
from actions.turn import Turn
from analytics.facade import Analytics

#: Intents in which a comment may be read; everything else is served as what it is.
_UNREAD = frozenset({"nlu_fallback", "out_of_scope", "small_talk", "give_feedback", "thank", "affirm", "bot_challenge"})


def take_over(turn: Turn, analytics: Analytics) -> list[EventType] | None:
    """Take a score, a comment or a no; None where nothing was asked or she speaks of something else.

    Returns
    -------
    Events for Rasa. A complaint is kept as a comment, too, and then served as a complaint.
    """
    asked = turn.slot(slots.OPEN_QUESTION)
    if asked not in (slots.ASKED_RATING, slots.ASKED_COMMENT) or (not turn.text and turn.intent != "deny"):
        return None
    if turn.intent == "deny" or reading.calls_off(turn.text):
        if asked == slots.ASKED_RATING:
            analytics.rating_service().decline(turn.conversation_id)
        turn.say("utter_rating_declined")
        return []
    if asked == slots.ASKED_RATING:
        score = score_in(turn.text)
        return keep_rating(turn, analytics, score) if score else None
    return _comment(turn, analytics)


def _comment(turn: Turn, analytics: Analytics) -> list[EventType] | None:
    complains = turn.intent == "complain"
    if reading.is_question(turn.text) or not (complains or turn.intent in _UNREAD):
        return None
    analytics.rating_service().comment(turn.conversation_id, turn.customer_id, turn.text)
    if complains:
        return None
    turn.say("utter_feedback_noted")
    return []
