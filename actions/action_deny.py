"""Take a no: nothing is done."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.base import EngagementAction
from actions.turn import Turn


class Deny(EngagementAction):
    """Answer "no" where nothing about an order was asked (that no is taken before it comes here)."""

    action_name = "action_deny"
    apologises_first = False

    def respond(self, turn: Turn) -> list[EventType]:
        """Leave it at that."""
        turn.say("utter_deny_all_right")
        return []
