"""The link by which a password is made anew: the only answer there is, for nobody here ever sees one."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.turn import Turn
from analytics.facade import Analytics


def say_reset(turn: Turn, analytics: Analytics, response: str = "utter_sign_in_reset") -> list[EventType]:
    """Give the link; where the shop has none, offer a person.

    Parameters
    ----------
    response : what carries the link.
    """
    url = analytics.account_service().policy.password_reset_url
    turn.say(response if url else "utter_sign_in_person", url=url)
    return [] if url else [SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]
