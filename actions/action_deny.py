"""Take a no: nothing is done."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType

from actions import slots
from actions.action_fallback import offer_person
from actions.base import EngagementAction
from actions.pointing import corrected_to
from actions.product_facts import tell_facts
from actions.products_asked import Asked
from actions.turn import Turn

#: After an apology: "no, just sort it out".
_SORT_IT_OUT = re.compile(
    r"\b(?:sort|fix|solve|resolve|settle|handle|deal with|take care of|get)\b.{0,20}"
    r"\b(?:it|this|that|things|out|done)\b"
    r"|\bdo something\b|\bput (?:it|this|that) right\b|\bmake (?:it|this) right\b",
    re.IGNORECASE,
)


class Deny(EngagementAction):
    """Answer "no" where nothing about an order was asked (that no is taken before it comes here)."""

    action_name = "action_deny"
    apologises_first = False

    def respond(self, turn: Turn) -> list[EventType]:
        """Leave it at that, or tell of the product she means instead.

        Where none of our readings was right, offer a person instead of guessing on.
        """
        if turn.slot(slots.OPEN_QUESTION) == slots.ASKED_READING:
            return offer_person(turn)
        if turn.slot(slots.OPEN_QUESTION) == slots.ASKED_PERSON and _SORT_IT_OUT.search(turn.text):
            # A no to talking, not to being helped: a colleague sees to it without her.
            turn.say("utter_deny_sort_out")
            turn.hand_over("angry")
            return []
        rather = corrected_to(turn)
        if rather is not None:
            return tell_facts(turn, self.analytics, Asked(pointed=[rather.product_id]))
        turn.say("utter_deny_all_right")
        return []
